package io.platform.process.sandbox;

import io.platform.domain.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pseudo-terminal (pty(7)): this is the end that a person sees, {@link #path} the one that is the
 * process's terminal.
 *
 * <p>The library pty4j is not used, because it starts the process itself: the terminal would be
 * that of the outer process, and lost in the session that a sandbox has of its own, with job
 * control and Ctrl-C. Here the shell inside the sandbox opens the terminal, and what is left to do
 * is five calls of the C library.
 */
final class PseudoTerminal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PseudoTerminal.class);

  // ioctl_tty(2), as on all of Linux's usual processors.
  private static final long UNLOCK = 0x40045431L; // TIOCSPTLCK
  private static final long NUMBER = 0x80045430L; // TIOCGPTN
  private static final long SET_SIZE = 0x5414L; // TIOCSWINSZ

  private static final int BUFFER = 32 << 10;

  /** Closing waits for as long at most. */
  private static final int LOOK_EVERY_MILLIS = 100;

  private final int descriptor;
  private final Path path;
  private final Arena memory = Arena.ofShared();
  private final MemorySegment incoming = memory.allocate(BUFFER);
  private final MemorySegment outgoing = memory.allocate(BUFFER);

  /** Whoever uses the descriptor reads; whoever closes it writes. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private volatile boolean closed;

  private PseudoTerminal(int descriptor, Path path) {
    this.descriptor = descriptor;
    this.path = path;
  }

  /** A new one of this size. */
  static PseudoTerminal open(TerminalSize size) throws IOException {
    int descriptor = LibC.open("/dev/ptmx", LibC.TERMINAL_FLAGS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocateFrom(ValueLayout.JAVA_INT, 0);
      LibC.ioctl(descriptor, UNLOCK, number);
      LibC.ioctl(descriptor, NUMBER, number);
      PseudoTerminal terminal =
          new PseudoTerminal(
              descriptor, Path.of("/dev/pts/" + number.get(ValueLayout.JAVA_INT, 0)));
      terminal.resize(size);
      return terminal;
    } catch (IOException failed) {
      LibC.close(descriptor);
      throw failed;
    }
  }

  /** The device of the process's end. */
  Path path() {
    return path;
  }

  /** Changes the size; the process in front gets SIGWINCH. */
  void resize(TerminalSize size) throws IOException {
    Lock lock = use.readLock();
    lock.lock();
    try (Arena arena = Arena.ofConfined()) {
      if (!closed) {
        MemorySegment winsize = arena.allocate(8, 2);
        winsize.set(ValueLayout.JAVA_SHORT, 0, (short) size.rows());
        winsize.set(ValueLayout.JAVA_SHORT, 2, (short) size.columns());
        LibC.ioctl(descriptor, SET_SIZE, winsize);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What the process writes; at its end when no process has the terminal any more. */
  InputStream output() {
    return new Output();
  }

  /** What is typed. Closing it types Ctrl-D, which ends the input of a program that reads lines. */
  OutputStream input() {
    return new Input();
  }

  @Override
  public void close() {
    closed = true;
    Lock lock = use.writeLock();
    lock.lock();
    try {
      if (memory.scope().isAlive()) {
        memory.close();
        LibC.close(descriptor);
      }
    } catch (IOException e) {
      LOG.debug("closing {}", path, e);
    } finally {
      lock.unlock();
    }
  }

  /** Returns -1 for the end, 0 where there is nothing yet. */
  private int read(byte[] bytes, int offset, int length) throws IOException {
    Lock lock = use.readLock();
    lock.lock();
    try {
      if (closed) {
        return -1;
      }
      if (!LibC.poll(descriptor, LibC.READABLE, LOOK_EVERY_MILLIS)) {
        return 0;
      }
      int count = LibC.read(descriptor, incoming.asSlice(0, Math.min(length, incoming.byteSize())));
      MemorySegment.copy(incoming, ValueLayout.JAVA_BYTE, 0, bytes, offset, count);
      return count == 0 ? -1 : count;
    } catch (LibC.CallFailed failed) {
      return switch (failed.errno()) {
        case LibC.AGAIN, LibC.INTERRUPTED -> 0;
        case LibC.INPUT_OUTPUT -> -1; // the last process has closed its end
        default -> throw failed;
      };
    } finally {
      lock.unlock();
    }
  }

  /** Returns how much was taken, which can be nothing. */
  private int write(byte[] bytes, int offset, int length) throws IOException {
    Lock lock = use.readLock();
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the terminal is closed");
      }
      if (!LibC.poll(descriptor, LibC.WRITABLE, LOOK_EVERY_MILLIS)) {
        return 0;
      }
      int count = (int) Math.min(length, outgoing.byteSize());
      MemorySegment.copy(bytes, offset, outgoing, ValueLayout.JAVA_BYTE, 0, count);
      return LibC.write(descriptor, outgoing, count);
    } catch (LibC.CallFailed failed) {
      if (failed.errno() == LibC.AGAIN || failed.errno() == LibC.INTERRUPTED) {
        return 0;
      }
      throw failed;
    } finally {
      lock.unlock();
    }
  }

  private final class Output extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = length == 0 ? -1 : 0;
      while (count == 0) {
        count = PseudoTerminal.this.read(bytes, offset, length);
      }
      return length == 0 ? 0 : count;
    }
  }

  private final class Input extends OutputStream {
    private static final int END_OF_INPUT = 4;

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int done = 0; done < length; ) {
        done += PseudoTerminal.this.write(bytes, offset + done, length - done);
      }
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        write(END_OF_INPUT);
      }
    }
  }
}
