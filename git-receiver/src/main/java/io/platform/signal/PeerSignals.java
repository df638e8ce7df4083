package io.platform.signal;

import io.platform.domain.port.Signals;
import io.platform.domain.port.Subscription;
import io.platform.domain.port.Topic;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Signals of this process and of one other on the same machine. What is raised here is told to the
 * other; what the other tells is raised here alone.
 */
public final class PeerSignals implements Signals, AutoCloseable {
  private final LocalSignals local;
  private final SignalEndpoint endpoint;
  private final SignalSender sender;

  private PeerSignals(LocalSignals local, SignalEndpoint endpoint, SignalSender sender) {
    this.local = local;
    this.endpoint = endpoint;
    this.sender = sender;
  }

  /**
   * Listens on loopback, and tells the other process, which need not be there yet.
   *
   * @param port where this process listens; 0 for any port that is free
   * @param peerPort where the other one does
   */
  public static PeerSignals open(int port, int peerPort) throws IOException {
    LocalSignals local = new LocalSignals();
    SignalEndpoint endpoint = SignalEndpoint.open(port, local::raise);
    return new PeerSignals(local, endpoint, SignalSender.to(peerPort));
  }

  /** Where this process listens. */
  int port() {
    return endpoint.port();
  }

  @Override
  public Ticket ticket(Topic topic) {
    return local.ticket(topic);
  }

  @Override
  public void raise(Topic topic) {
    local.raise(topic);
    sender.send(topic);
  }

  @Override
  public Subscription listen(Consumer<Topic> consumer) {
    return local.listen(consumer);
  }

  @Override
  public void close() {
    sender.close();
    endpoint.close();
  }
}
