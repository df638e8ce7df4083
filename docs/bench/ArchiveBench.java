import io.platform.bootstrap.ObjectStores;
import io.platform.git.source.LfsContents;
import io.platform.git.source.LfsPointer;
import io.platform.git.source.SourceArchive;
import io.platform.git.source.SourceLimits;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectWriter;
import io.platform.storage.signed.SignedUrls;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** Stores a tree in turn as the platform does and by git archive | gzip: REPOSITORY DIRECTORY RUNS WARM. */
class ArchiveBench {
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    int warm = Integer.parseInt(arguments[3]);
    SignedUrls urls = new SignedUrls(URI.create("http://localhost"), SignedUrls.newSecret(), Clock.systemUTC());
    long[] ours = new long[runs];
    long[] git = new long[runs];
    try (ObjectStore store = ObjectStores.open(directory.resolve("objects").toUri(), urls).store()) {
      for (int run = -warm; run < runs; run++) {
        long begin = System.nanoTime();
        store(arguments[0], store, "bench/" + (run + warm));
        long middle = System.nanoTime();
        pipe(arguments[0], directory.resolve("git.tar.gz"));
        long end = System.nanoTime();
        if (run >= 0) {
          ours[run] = middle - begin;
          git[run] = end - middle;
        }
      }
      long size = store.stat("bench/0").orElseThrow().size();
      Arrays.sort(ours);
      Arrays.sort(git);
      print("platform, stored", ours, size);
      print("git archive | gzip", git, Files.size(directory.resolve("git.tar.gz")));
      System.out.printf("  ratio of the medians %.2f (goal 0.50)%n", (double) ours[runs / 2] / git[runs / 2]);
    }
  }

  private static void store(String repository, ObjectStore store, String key) throws Exception {
    try (Repository opened = new FileRepositoryBuilder().setGitDir(new File(repository)).setBare().build();
        ObjectWriter out = store.create(key)) {
      ObjectId head = opened.resolve("HEAD");
      new SourceArchive(opened, SourceLimits.withBytes(Long.MAX_VALUE), new NoLfs()).write(head, out);
      out.commit();
    }
  }

  /** The repositories of this measurement have no Git LFS files. */
  private static final class NoLfs implements LfsContents {
    @Override
    public boolean has(LfsPointer pointer) {
      return false;
    }

    @Override
    public InputStream open(LfsPointer pointer) {
      throw new IllegalStateException("there is none");
    }
  }

  private static void pipe(String repository, Path target) throws Exception {
    List<Process> pipeline =
        ProcessBuilder.startPipeline(
            List.of(
                new ProcessBuilder("git", "--git-dir=" + repository, "archive", "--format=tar", "HEAD"),
                new ProcessBuilder("gzip").redirectOutput(target.toFile())));
    for (Process process : pipeline) {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("git archive | gzip failed");
      }
    }
  }

  private static void print(String what, long[] sorted, long size) {
    System.out.printf(
        "  %-20s median %.3f s  min %.3f  max %.3f   %d KiB%n",
        what, sorted[sorted.length / 2] / 1e9, sorted[0] / 1e9, sorted[sorted.length - 1] / 1e9, size / 1024);
  }
}
