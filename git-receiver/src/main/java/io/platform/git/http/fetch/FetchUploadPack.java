package io.platform.git.http.fetch;

import io.platform.git.repository.HiddenRefs;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** JGit's upload-pack, which also tells the client what failed while the request was read. */
final class FetchUploadPack extends UploadPack {
  private FetchUploadPack(Repository repository) {
    super(repository);
  }

  /** What answers this request from this repository. */
  static UploadPack of(Repository repository, HttpServletRequest request) {
    UploadPack upload = new FetchUploadPack(repository);
    upload.setBiDirectionalPipe(false);
    upload.setRefFilter(HiddenRefs.filter());
    String version = request.getHeader("Git-Protocol");
    if (version != null) {
      upload.setExtraParameters(Arrays.asList(version.split(":", -1)));
    }
    return upload;
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
