package io.platform.cli.client;

/** The first byte of each message between a client and a process ({@code docs/run.md}). */
final class ProcessChannel {
  static final byte INPUT = 0;
  static final byte OUTPUT = 1;
  static final byte ERRORS = 2;
  static final byte STATUS = 3;
  static final byte RESIZE = 4;
  static final byte STARTED = 6;
  static final byte START = 7;
  static final byte CLOSE = (byte) 255;

  private ProcessChannel() {}
}
