package io.platform.git.http;

import io.platform.commons.http.MinimumReadRate;
import io.platform.domain.App;
import io.platform.git.repository.HiddenRefs;
import io.platform.git.repository.Repositories;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.GitProtocolConstants;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** Answers {@code info/refs}: what there is, and what this server can. */
final class Advertisement {
  private static final String OBJECT_FORMAT = "object-format";
  private static final String SHA1 = "sha1";

  /** Bytes a second, over the time that is waited for the reader. */
  private static final int SLOWEST = 1024;

  private static final Duration GRACE = Duration.ofMinutes(1);

  private final Repositories repositories;

  Advertisement(Repositories repositories) {
    this.repositories = repositories;
  }

  void forFetch(App app, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try (Repository repository = repositories.open(app);
        UploadPack upload = FetchPack.of(repository, request);
        OutputStream out = begin(response, "git-upload-pack")) {
      upload.sendAdvertisedRefs(new FetchCapabilities(new PacketLineOut(out)), "git-upload-pack");
    }
  }

  void forPush(App app, HttpServletResponse response) throws IOException {
    try (Repository repository = repositories.open(app);
        OutputStream out = begin(response, "git-receive-pack")) {
      ReceivePack receive = new ReceivePack(repository);
      try {
        configure(receive);
        PacketLineOut packets = new PacketLineOut(out);
        packets.writeString("# service=git-receive-pack\n");
        packets.end();
        receive.sendAdvertisedRefs(new PushCapabilities(packets));
      } finally {
        receive.getRevWalk().close();
      }
    }
  }

  /** What an advertisement and its push must agree on. */
  static void configure(ReceivePack receive) throws IOException {
    receive.setBiDirectionalPipe(false);
    receive.setAllowPushOptions(true);
    receive.setRefFilter(HiddenRefs.filter());
    receive.setAdvertisedRefs(null, Set.of());
  }

  private static OutputStream begin(HttpServletResponse response, String service)
      throws IOException {
    PlainReply.noCache(response);
    response.setContentType("application/x-%s-advertisement".formatted(service));
    return new BufferedOutputStream(
        new MinimumReadRate(response.getOutputStream(), SLOWEST, GRACE), 32 * 1024);
  }

  /** JGit's capabilities, and the format of object names, in either version of the protocol. */
  private static final class FetchCapabilities extends PacketLineOutRefAdvertiser {
    FetchCapabilities(PacketLineOut out) {
      super(out);
      advertiseCapability(OBJECT_FORMAT, SHA1);
    }

    @Override
    public void writeOne(CharSequence line) throws IOException {
      super.writeOne(line);
      if (line.toString().equals("version 2")) {
        super.writeOne(OBJECT_FORMAT + "=" + SHA1);
      }
    }
  }

  /**
   * JGit's capabilities, and the format of object names, by which git tells the user of a
   * repository in another one what is wrong; but without the atomic push: JGit would let the deploy
   * branch move, which the build's supervisor does, though a sibling is refused.
   */
  private static final class PushCapabilities extends PacketLineOutRefAdvertiser {
    PushCapabilities(PacketLineOut out) {
      super(out);
      advertiseCapability(OBJECT_FORMAT, SHA1);
    }

    @Override
    public void advertiseCapability(String name) {
      if (!name.equals(GitProtocolConstants.CAPABILITY_ATOMIC)) {
        super.advertiseCapability(name);
      }
    }
  }
}
