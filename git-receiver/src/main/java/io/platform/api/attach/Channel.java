package io.platform.api.attach;

import java.util.Optional;

/**
 * The channels of a connection: the first byte of a message names one. The numbers from 0 to 4 and
 * 255 are those of Kubernetes' {@code v5.channel.k8s.io}.
 */
enum Channel {
  /** To the process. An empty message says that the client is there. */
  INPUT(0),
  /** From the process. */
  OUTPUT(1),
  /** From the process. */
  ERRORS(2),
  /**
   * The last message from the server: {@code exit_code} and perhaps {@code reason}, or {@code
   * error} and {@code status}.
   */
  STATUS(3),
  /** To the process: {@code columns} and {@code rows}. */
  RESIZE(4),
  /** To the process: the name of a signal, such as {@code INT}. */
  SIGNAL(5),
  /** From the server, when the process was started: {@code name} and {@code release}. */
  STARTED(6),
  /** The first message from the client: what to start. */
  START(7),
  /** From the client: the number of a channel that it sends no more on, which is 0. */
  CLOSE(255);

  private final int number;

  Channel(int number) {
    this.number = number;
  }

  byte number() {
    return (byte) number;
  }

  /** The channel of a number; empty where there is none. */
  static Optional<Channel> of(byte number) {
    for (Channel channel : values()) {
      if (channel.number() == number) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
