package io.platform.receiver.http;

import io.platform.app.App;
import io.platform.receiver.repo.HiddenRefs;
import io.platform.receiver.repo.Repositories;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clones and fetches, in the protocol's versions 0 and 2. */
final class FetchService {
  private static final Logger LOG = LoggerFactory.getLogger(FetchService.class);

  private final Repositories repositories;

  FetchService(Repositories repositories) {
    this.repositories = repositories;
  }

  static UploadPack uploadPack(Repository repository, HttpServletRequest request) {
    UploadPack upload = new UploadPack(repository);
    upload.setBiDirectionalPipe(false);
    upload.setRefFilter(HiddenRefs.filter());
    String version = request.getHeader("Git-Protocol");
    if (version != null) {
      upload.setExtraParameters(Arrays.asList(version.split(":", -1)));
    }
    return upload;
  }

  void serve(App app, HttpServletRequest request, HttpServletResponse response) throws IOException {
    Reply.noCache(response);
    response.setContentType("application/x-git-upload-pack-result");
    try (Repository repository = repositories.open(app);
        UploadPack upload = uploadPack(repository, request)) {
      upload.upload(new CheckedLines(RequestBody.of(request)), response.getOutputStream(), null);
    } catch (MalformedRequest e) {
      ProtocolError.send(response, false, String.valueOf(e.getMessage()));
    } catch (UploadPackInternalServerErrorException e) {
      // The client has been told. What it asked for that it may not have is no fault of the server.
      LOG.warn("a fetch from {} failed: {}", app.path(), String.valueOf(e.getCause()));
    } catch (IOException e) {
      LOG.debug("a fetch from {} ended early", app.path(), e);
    }
  }
}
