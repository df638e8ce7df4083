package io.platform.git.http.fetch;

import io.platform.domain.App;
import io.platform.git.http.protocol.AdvertisementResponse;
import io.platform.git.repository.Repositories;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Answers {@code info/refs} for a fetch: the refs, and what this server supports. */
final class FetchAdvertisement {
  private static final String SERVICE = "git-upload-pack";

  private final Repositories repositories;

  FetchAdvertisement(Repositories repositories) {
    this.repositories = repositories;
  }

  void send(App app, HttpServletRequest request, HttpServletResponse response) throws IOException {
    try (Repository repository = repositories.open(app);
        UploadPack upload = FetchUploadPack.of(repository, request);
        OutputStream out = AdvertisementResponse.open(response, SERVICE)) {
      upload.sendAdvertisedRefs(new Capabilities(new PacketLineOut(out)), SERVICE);
    }
  }

  /** JGit's capabilities, and the format of object names, in either version of the protocol. */
  private static final class Capabilities extends PacketLineOutRefAdvertiser {
    Capabilities(PacketLineOut out) {
      super(out);
      advertiseCapability(AdvertisementResponse.OBJECT_FORMAT, AdvertisementResponse.SHA1);
    }

    @Override
    public void writeOne(CharSequence line) throws IOException {
      super.writeOne(line);
      if (line.toString().equals("version 2")) {
        super.writeOne(AdvertisementResponse.OBJECT_FORMAT + "=" + AdvertisementResponse.SHA1);
      }
    }
  }
}
