package io.platform.kubernetes.oneoff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.platform.domain.ProcessName;
import io.platform.domain.port.PortStream;
import io.platform.failure.PortMessages;
import io.platform.kubernetes.client.ApiMessageText;
import io.platform.kubernetes.client.ApiText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A TCP connection to a port of a pod, over the node's port forwarding with the protocol {@code
 * v4.channel.k8s.io}. Each channel begins with two bytes, the port. The protocol cannot end one
 * direction alone, and tells later, and only then, that nobody listens.
 */
final class PortConnection implements PortStream {
  private static final String PROTOCOL = "v4.channel.k8s.io";
  private static final int DATA = 0;
  private static final int ERROR = 1;
  private static final int PORT_BYTES = 2;

  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Incoming incoming;
  private final PodSocket socket;
  private final OutputStream input;

  private PortConnection(KubernetesClient client, Pod pod, ProcessName name, int port)
      throws IOException, PodSocket.Refused {
    this.incoming = new Incoming(name, port);
    this.socket = PodSocket.open(client, PodPath.port(pod, port), PROTOCOL, incoming);
    incoming.from.complete(socket);
    this.input = new ChannelOutput(socket, DATA, () -> {});
  }

  static PortConnection open(KubernetesClient client, Pod pod, ProcessName name, int port)
      throws IOException, PodSocket.Refused {
    return new PortConnection(client, pod, name, port);
  }

  @Override
  public OutputStream input() {
    return input;
  }

  @Override
  public InputStream output() {
    return incoming.output;
  }

  @Override
  public CompletableFuture<Integer> ended() {
    return ended;
  }

  @Override
  public void close() {
    socket.close();
  }

  /** What comes from the port. */
  private final class Incoming implements PodSocket.Receiver {
    final CompletableFuture<PodSocket> from = new CompletableFuture<>();
    final ChannelInput output = new ChannelInput(this::consumed);
    private final ProcessName name;
    private final int port;
    private final int[] begun = new int[2];

    Incoming(ProcessName name, int port) {
      this.name = name;
      this.port = port;
    }

    private void consumed(int bytes) {
      CompletableFuture<Void> _ = from.thenAccept(it -> it.consumed(bytes));
    }

    @Override
    public void message(int channel, ByteBuffer data) {
      if (channel == DATA || channel == ERROR) {
        skipPort(channel, data);
      }
      if (channel == DATA) {
        output.add(data);
      } else {
        int length = data.remaining();
        if (channel == ERROR && length > 0) {
          fail(UTF_8.decode(data).toString());
        }
        consumed(length);
      }
    }

    private void skipPort(int channel, ByteBuffer data) {
      int skipped = Math.min(data.remaining(), PORT_BYTES - begun[channel]);
      begun[channel] += skipped;
      data.position(data.position() + skipped);
      consumed(skipped);
    }

    private void fail(String why) {
      String sentence =
          ApiMessageText.CONNECTION_REFUSED.isIn(why)
              ? PortMessages.notListening(name, port)
              : "%s cannot be reached on port %d: %s.".formatted(name, port, ApiText.inline(why));
      ended.completeExceptionally(new Lost(sentence));
      output.end();
    }

    @Override
    public void over() {
      ended.complete(0);
      output.end();
    }
  }
}
