package io.platform.slug.run;

import io.platform.commons.file.Directories;
import io.platform.slug.Manifest;
import io.platform.slug.archive.SlugArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The app's directory, whose content is replaced by an unpacked slug. */
record AppDirectory(Path place) implements SlugTarget<Manifest> {
  @Override
  public void clear() throws IOException {
    Directories.empty(place);
  }

  @Override
  public Manifest take(InputStream slug) throws IOException {
    return SlugArchive.unpack(slug, place);
  }
}
