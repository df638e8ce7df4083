package io.platform.storage.bucket;

import io.platform.storage.ObjectInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects by pages, each asked for when the one before is used up. */
final class PagedListing implements Iterator<ObjectInfo> {
  private final Pages pages;
  private Iterator<ObjectInfo> objects;
  private Optional<String> next;

  /** Asks for the page at a token; the first one's is empty. */
  @FunctionalInterface
  interface Pages {
    Bucket.Page at(String token) throws IOException;
  }

  private PagedListing(Pages pages, Bucket.Page first) {
    this.pages = pages;
    this.objects = first.objects().iterator();
    this.next = first.next();
  }

  static Stream<ObjectInfo> of(Pages pages) throws IOException {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new PagedListing(pages, pages.at("")), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (!objects.hasNext() && next.isPresent()) {
      try {
        Bucket.Page page = pages.at(next.get());
        objects = page.objects().iterator();
        next = page.next();
      } catch (IOException e) {
        throw new UncheckedIOException(String.valueOf(e.getMessage()), e);
      }
    }
    return objects.hasNext();
  }

  @Override
  public ObjectInfo next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return objects.next();
  }
}
