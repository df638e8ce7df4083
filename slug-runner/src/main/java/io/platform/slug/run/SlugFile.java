package io.platform.slug.run;

import io.platform.slug.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A slug in a file, as one runner stores it, which has the release's token, for others, which have
 * none. Its digest is verified by the first, and the others can only read it.
 */
record SlugFile(Path place) implements SlugTarget<SlugFile> {
  @Override
  public void clear() throws IOException {
    Files.deleteIfExists(place);
  }

  @Override
  public SlugFile take(InputStream slug) throws IOException {
    Files.copy(slug, place);
    return this;
  }

  /** Unpacks it. */
  Manifest unpack(AppDirectory app) throws RunFailure {
    try (InputStream in = Files.newInputStream(place)) {
      app.clear();
      return app.take(in);
    } catch (IOException e) {
      throw SlugFailures.of(e, app);
    }
  }
}
