import io.platform.bootstrap.ObjectStores;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectWriter;
import io.platform.storage.signed.SignedUrls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Writes a file to an object store and reads it back: MB/s each way, and the process's peak memory.
 * All jars of the class path are opened first, as a server has them: else the peak depends on which
 * of them the store's classes are in.
 */
class StoreBench {
  public static void main(String[] arguments) throws Exception {
    if (ClassLoader.getSystemResource("in/no.jar") != null) {
      throw new IllegalStateException("a jar has what the search through all of them looks for");
    }
    URI location = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]);
    SignedUrls urls =
        new SignedUrls(
            URI.create("http://localhost:8080"), SignedUrls.newSecret(), InstantSource.system());
    try (ObjectStore store = ObjectStores.open(location, urls).store()) {
      for (int round = 0; round < 3; round++) {
        long up = timed(() -> write(store, file));
        long down = timed(() -> read(store));
        System.out.printf(
            "%s  up %.0f MB/s  down %.0f MB/s%n",
            location.getScheme(), rate(file, up), rate(file, down));
      }
      store.delete(List.of("bench/object"));
    }
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .forEach(System.out::println);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static long timed(Work work) throws IOException {
    long begun = System.nanoTime();
    work.run();
    return System.nanoTime() - begun;
  }

  private static double rate(Path file, long nanos) throws IOException {
    return Files.size(file) * 1e3 / nanos;
  }

  private static void write(ObjectStore store, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        ObjectWriter writer = store.create("bench/object")) {
      byte[] buffer = new byte[128 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        writer.write(buffer, 0, n);
      }
      writer.commit();
    }
  }

  private static void read(ObjectStore store) throws IOException {
    try (InputStream in = store.open("bench/object", 0)) {
      byte[] buffer = new byte[128 * 1024];
      while (in.read(buffer) >= 0) {
        // verified at its end
      }
    }
  }
}
