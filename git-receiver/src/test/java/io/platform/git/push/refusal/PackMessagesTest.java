package io.platform.git.push.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.git.pack.PackProblem;
import io.platform.git.push.PushLog;
import io.platform.git.push.PushMessages;
import io.platform.git.push.refusal.PushRefusal.UploadRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackMessagesTest {
  private static final long MIB = 1024 * 1024;

  private final StringBuilder said = new StringBuilder();
  private final PushLog log =
      new PushMessages((key, text) -> said.append(String.join("\n", text)).append("\n\n"));

  @Test
  void saysEachProblemAsInTheGoldenFile() throws IOException {
    log.waitingForMemory();
    List<PackProblem> problems =
        List.of(
            new PackProblem.TooManyObjects(4_000_000, 262_144),
            new PackProblem.TooManyParents(262_144),
            new PackProblem.ObjectTooLarge("commit", 5 * MIB, MIB),
            new PackProblem.ObjectTooLarge("tree", 50 * MIB, 4 * MIB),
            new PackProblem.DeltaTooLarge(300 * MIB, 16 * MIB),
            new PackProblem.ChainTooLong(250, 1024 * MIB),
            new PackProblem.NestedTreesTooLarge(32 * MIB),
            new PackProblem.UnpacksTooLarge(16 * 1024 * MIB),
            new PackProblem.TooMuchMemory(100 * MIB, 64 * MIB),
            new PackProblem.NoMemoryLeft(),
            new PackProblem.Malformed("holds an object of an unknown type"));
    problems.forEach(problem -> log.refused(new UploadRefusal.BadPack(problem)));
    assertThat(said.toString())
        .isEqualTo(Files.readString(Path.of("src/test/resources/receiver/pack-wording.txt")));
  }
}
