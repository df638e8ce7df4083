package io.platform.git.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** JGit's side of a fetch; tells the client also what failed while lines were read. */
final class FetchPack extends UploadPack {
  FetchPack(Repository repository) {
    super(repository);
  }

  /** JGit reads lines through an iterator, which can only throw this; it reports none of them. */
  @Override
  public void uploadWithExceptionPropagation(
      InputStream input, OutputStream output, @Nullable OutputStream messages) throws IOException {
    try {
      super.uploadWithExceptionPropagation(input, output, messages);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
