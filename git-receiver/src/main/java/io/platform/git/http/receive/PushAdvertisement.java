package io.platform.git.http.receive;

import io.platform.domain.App;
import io.platform.git.http.protocol.AdvertisementResponse;
import io.platform.git.repository.HiddenRefs;
import io.platform.git.repository.Repositories;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.GitProtocolConstants;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;

/** Answers {@code info/refs} for a push: the refs, and what this server supports. */
final class PushAdvertisement {
  private static final String SERVICE = "git-receive-pack";

  private final Repositories repositories;

  PushAdvertisement(Repositories repositories) {
    this.repositories = repositories;
  }

  void send(App app, HttpServletResponse response) throws IOException {
    try (Repository repository = repositories.open(app);
        OutputStream out = AdvertisementResponse.open(response, SERVICE)) {
      ReceivePack receive = new ReceivePack(repository);
      try {
        configure(receive);
        PacketLineOut packets = new PacketLineOut(out);
        packets.writeString("# service=" + SERVICE + "\n");
        packets.end();
        receive.sendAdvertisedRefs(new Capabilities(packets));
      } finally {
        receive.getRevWalk().close();
      }
    }
  }

  /** Sets the capabilities on which an advertisement and its push must agree. */
  static void configure(ReceivePack receive) throws IOException {
    receive.setBiDirectionalPipe(false);
    receive.setAllowPushOptions(true);
    receive.setRefFilter(HiddenRefs.filter());
    receive.setAdvertisedRefs(null, Set.of());
  }

  /**
   * JGit's capabilities, and the format of object names, by which git tells the user of a
   * repository in another one what is wrong; but without the atomic push: JGit would let the deploy
   * branch move, which the build's supervisor does, though a sibling is refused.
   */
  private static final class Capabilities extends PacketLineOutRefAdvertiser {
    Capabilities(PacketLineOut out) {
      super(out);
      advertiseCapability(AdvertisementResponse.OBJECT_FORMAT, AdvertisementResponse.SHA1);
    }

    @Override
    public void advertiseCapability(String name) {
      if (!name.equals(GitProtocolConstants.CAPABILITY_ATOMIC)) {
        super.advertiseCapability(name);
      }
    }
  }
}
