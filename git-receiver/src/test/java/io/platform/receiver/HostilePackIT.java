package io.platform.receiver;

import static io.platform.git.pack.PackBuilder.BLOB;
import static io.platform.git.pack.PackBuilder.COMMIT;
import static io.platform.git.pack.PackBuilder.TAG;
import static io.platform.git.pack.PackBuilder.TREE;
import static io.platform.git.pack.PackBuilder.copy;
import static io.platform.git.pack.PackBuilder.delta;
import static io.platform.git.pack.PackBuilder.insert;
import static io.platform.git.pack.PackBuilder.treeEntry;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.git.pack.PackBuilder;
import io.platform.git.pack.PackLimits;
import io.platform.git.push.PushLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that claim, inflate or need more than a server of 256 MB has. */
class HostilePackIT {
  private static final long MIB = 1024 * 1024;
  private static final long HUGE = 1_900_000_000L;
  private static final byte[] SMALL = "small\n".getBytes(StandardCharsets.US_ASCII);
  private static final String NOWHERE = "12".repeat(20);
  private static final PackLimits LIMITS = PackLimits.forHeap(256 * MIB);

  @TempDir Path temp;
  private final PackBuilder pack = new PackBuilder();
  private TestReceiver receiver;
  private App app;
  private RawGit client;

  @BeforeEach
  void start() throws Exception {
    start(LIMITS);
  }

  private void start(PackLimits limits) throws Exception {
    receiver = new TestReceiver(temp, PushLimits.defaults(), limits);
    app = receiver.app("shop");
    client = new RawGit(receiver, TestReceiver.TOKEN);
  }

  private void restart(PackLimits limits) throws Exception {
    client.close();
    receiver.close();
    temp = Files.createDirectory(temp.resolve("again"));
    start(limits);
  }

  @AfterEach
  void nothingIsKept() throws Exception {
    assertThat(receiver.quarantined(app)).isEmpty();
    assertThat(receiver.bare(app).run("count-objects", "-v").text()).contains("in-pack: 0");
    client.close();
    receiver.close();
  }

  private String push(String tip, byte[] sent) throws Exception {
    return client
        .push("/acme/shop.git", RawGit.bytes(PackBuilder.push("feature", tip, sent)))
        .body();
  }

  private void refused(String sentence) throws Exception {
    refused(pack.build(), sentence);
  }

  private void refused(byte[] sent, String sentence) throws Exception {
    assertThat(push(NOWHERE, sent)).contains(" !     ", sentence, "unpack error");
  }

  private static byte[] number(int i) {
    return "%06d".formatted(i).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void moreObjectsThanThereCanBe() throws Exception {
    pack.object(BLOB, SMALL);
    refused(
        pack.build((1L << 31) - 1), "The push has 2,147,483,647 objects; the limit is 262,144.");
    refused(pack.build((1L << 32) - 1), "The push has 4,294,967,295 objects");
  }

  @Test
  void moreObjectsThanWereSent() throws Exception {
    pack.object(BLOB, SMALL);
    assertThat(push(NOWHERE, pack.build(200_000))).contains(" !     ", "unpack error");
  }

  @Test
  void commitsOfGigabytes() throws Exception {
    pack.claim(COMMIT, HUGE, SMALL);
    refused("The push has a commit of 1.8 GiB; the limit is 1 MiB.");
  }

  @Test
  void moreParentsThanAnybodyCanHold() throws Exception {
    String tree = pack.object(TREE, treeEntry("100644", "f", pack.object(BLOB, SMALL)));
    String first = pack.object(COMMIT, PackBuilder.commit(tree));
    String tip = first;
    for (int i = 0; i < 14; i++) {
      String[] parents = new String[20_000 + i];
      Arrays.fill(parents, first);
      tip = pack.object(COMMIT, PackBuilder.commit(tree, parents));
    }
    assertThat(push(tip, pack.build()))
        .contains(" !     The commits of the push have more than 262,144 parents", "unpack error");
  }

  @Test
  void treesOfGigabytes() throws Exception {
    pack.claim(TREE, HUGE, SMALL);
    refused("The push has a tree of 1.8 GiB; the limit is 4 MiB.");
  }

  @Test
  void treesThatAreGigabytesTogether() throws Exception {
    String tree = pack.object(TREE, treeEntry("100644", ".git:", pack.object(BLOB, SMALL)));
    String name = "n".repeat((int) MIB);
    for (int level = 0; level < 30; level++) {
      tree = pack.object(TREE, treeEntry("40000", name, tree));
    }
    String tip = pack.object(COMMIT, PackBuilder.commit(tree));
    assertThat(push(tip, pack.build()))
        .contains(
            " !     The push has directories that lie one in another, and together are more than 8 MiB",
            "unpack error");
  }

  @Test
  void tagsOfGigabytes() throws Exception {
    pack.claim(TAG, HUGE, SMALL);
    refused("The push has a tag of 1.8 GiB");
  }

  @Test
  void blobsThatAreSmallerThanTheySay() throws Exception {
    pack.claim(BLOB, HUGE, SMALL);
    refused("the pack holds an object that is smaller than it says");
  }

  @Test
  void blobsThatAreLargerThanTheySay() throws Exception {
    pack.claim(BLOB, 3, SMALL);
    refused("the pack holds an object that is larger than it says");
  }

  @Test
  void treesThatInflateToGigabytes() throws Exception {
    pack.zeros(TREE, 30 * MIB);
    refused("The push has a tree of 30 MiB");
  }

  @Test
  void deltasThatClaimGigabytes() throws Exception {
    pack.object(BLOB, SMALL);
    pack.offsetDelta(12, delta(SMALL.length, HUGE, copy(0, 6)));
    refused("The push has a file of 1.8 GiB that git sends as a difference");
  }

  @Test
  void basesThatClaimGigabytes() throws Exception {
    String base = pack.object(BLOB, SMALL);
    pack.namedDelta(base, delta(HUGE, 6, copy(0, 6)));
    refused("The push has a file of 1.8 GiB that git sends as a difference");
  }

  @Test
  void basesThatAreNotWhatTheDeltaSays() throws Exception {
    pack.object(BLOB, SMALL);
    pack.offsetDelta(12, delta(SMALL.length + 1, 6, copy(0, 6)));
    refused("the pack holds a delta for another base than it names");
  }

  @Test
  void largeBasesOfHonestRepositories() throws Exception {
    pack.zeros(BLOB, 20 * MIB);
    pack.offsetDelta(12, delta(20 * MIB, 6, copy(0, 6)));
    refused("git -c core.bigFileThreshold=16m push");
  }

  @Test
  void deltasThatReachOutside() throws Exception {
    pack.object(BLOB, SMALL);
    pack.offsetDelta(12, delta(SMALL.length, 100, copy(0, 100)));
    refused("the pack holds a delta that reaches beyond its base or its result");
  }

  @Test
  void deltasWhoseBaseIsNowhere() throws Exception {
    pack.object(BLOB, SMALL);
    pack.offsetDelta(13, delta(SMALL.length, 6, copy(0, 6)));
    refused("the pack holds a delta whose base is no object");
  }

  @Test
  void deltasThatNeedEachOther() throws Exception {
    pack.namedDelta(NOWHERE, delta(6, 6, copy(0, 6)));
    refused("The push refers to " + NOWHERE);
  }

  @Test
  void deltasOfInstructionsWithoutEnd() throws Exception {
    pack.object(BLOB, SMALL);
    byte[] bomb = new byte[(int) (32 * MIB)];
    Arrays.fill(bomb, (byte) 0x90); // copies one byte is 0x90 and a length
    pack.offsetDelta(12, delta(SMALL.length, MIB, bomb));
    refused("the pack holds a delta that reaches beyond its base or its result");
  }

  @Test
  void chainsWithoutEnd() throws Exception {
    int base = pack.position();
    pack.object(BLOB, SMALL);
    for (int i = 0; i < 10_000; i++) {
      int next = pack.position();
      pack.offsetDelta(base, delta(6, 6, insert(number(i))));
      base = next;
    }
    refused("The push has an object that is more than 250 differences, or 1 GiB of data, away");
  }

  @Test
  void deltasThatTogetherMakeTooMuch() throws Exception {
    int size = (int) (15 * MIB);
    pack.zeros(BLOB, size);
    for (int i = 0; i < 1200; i++) {
      pack.offsetDelta(12, delta(size, size, copy(0, size - 6), insert(number(i))));
    }
    refused("The push unpacks to more than 16 GiB");
  }

  @Test
  void treesOfDeltasWhoseBranchesAllNeedTheirBase() throws Exception {
    restart(LIMITS.withTotals(1000, 1024 * MIB));
    int size = (int) (4 * MIB);
    int base = pack.position();
    pack.zeros(BLOB, size);
    for (int i = 0; i < 20; i++) {
      pack.offsetDelta(base, delta(size, size, copy(0, size - 6), insert(number(i))));
      int next = pack.position();
      pack.offsetDelta(base, delta(size, size, copy(0, size - 6), insert(number(20 + i))));
      base = next;
    }
    refused("The push refers to " + NOWHERE);
  }

  @Test
  void blobsThatInflateToTooMuch() throws Exception {
    restart(LIMITS.withTotals(1000, 100 * MIB));
    pack.zeros(BLOB, 60 * MIB).zeros(BLOB, 60 * MIB + 1);
    refused("The push unpacks to more than 100 MiB");
  }

  @Test
  void moreMemoryThanAllReceivesHave() throws Exception {
    restart(LIMITS.withMemory(8 * MIB));
    pack.zeros(BLOB, 8 * MIB).offsetDelta(12, delta(8 * MIB, 6, copy(0, 6)));
    refused("of memory; this server has 8 MiB for it.");
  }

  @Test
  void theLargestDeltasFitIntoTheMemory() throws Exception {
    int size = LIMITS.deltaBytes();
    pack.zeros(BLOB, size);
    for (int i = 0; i < 4; i++) {
      pack.offsetDelta(12, delta(size, size, copy(0, size - 6), insert(number(i))));
    }
    refused("The push refers to " + NOWHERE);
  }

  @Test
  void theSameObjectTwice() throws Exception {
    String name = pack.object(BLOB, SMALL);
    pack.object(BLOB, SMALL);
    refused("the pack holds " + name + " twice");
  }

  @Test
  void treesOfMillionsOfEntries() throws Exception {
    String blob = pack.object(BLOB, SMALL);
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    for (int i = 0; i < 300_000; i++) {
      tree.writeBytes(treeEntry("100644", "%07d".formatted(i), blob));
    }
    pack.object(TREE, tree.toByteArray());
    refused("The push has a tree of 10");
  }

  @Test
  void treesOfWhatIsNowhere() throws Exception {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    Random random = new Random(1);
    byte[] id = new byte[20];
    for (int i = 0; i < 100_000; i++) {
      random.nextBytes(id);
      tree.writeBytes(treeEntry("100644", "%07d".formatted(i), HexFormat.of().formatHex(id)));
    }
    pack.object(TREE, tree.toByteArray());
    refused("which is neither in the push nor on the server");
  }

  @Test
  void commitsAndTagsThatEndAnywhereInTheirHeader() throws Exception {
    for (int type : new int[] {COMMIT, TAG}) {
      byte[] whole = type == COMMIT ? PackBuilder.commit(NOWHERE, NOWHERE) : tag();
      int header = new String(whole, StandardCharsets.US_ASCII).indexOf("\n\n");
      for (int length = 1; length <= header; length++) {
        PackBuilder cut = new PackBuilder();
        cut.object(type, Arrays.copyOf(whole, length));
        assertThat(push(NOWHERE, cut.build()))
            .as("%d of %s", length, new String(whole, StandardCharsets.US_ASCII))
            .contains(" !     ", "unpack error")
            .doesNotContain("could not be unpacked");
      }
    }
  }

  private static byte[] tag() {
    return "object %s\ntype commit\ntag v1\ntagger A <a@example.com> 1 +0000\n\nText\n"
        .formatted(NOWHERE)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void commitsOfTimesThatNoClockHas() throws Exception {
    String tree = pack.object(TREE, new byte[0]);
    String commit = new String(PackBuilder.commit(tree), StandardCharsets.US_ASCII);
    assertThat(commit).contains("> 1 +0000");
    pack.object(
        COMMIT,
        commit
            .replaceFirst("> 1 [+]0000", "> 99999999999999999 +0000")
            .getBytes(StandardCharsets.US_ASCII));
    refused("its date is out of range");
  }

  @Test
  void commitsWithParentsWithoutEnd() throws Exception {
    String tree = pack.object(TREE, treeEntry("100644", "a", pack.object(BLOB, SMALL)));
    String[] parents = new String[100_000];
    Arrays.fill(parents, NOWHERE);
    pack.object(COMMIT, PackBuilder.commit(tree, parents));
    refused("The push has a commit of 4.6 MiB; the limit is 1 MiB.");
  }

  @Test
  void treesThatAreTakenForBlobs() throws Exception {
    String tree = pack.object(TREE, treeEntry("100644", "a", pack.object(BLOB, SMALL)));
    pack.object(TREE, treeEntry("100644", "file", tree));
    refused("it is a tree, and another object takes it for a blob");
  }

  @Test
  void whatTheTipRefersToIsMissing() throws Exception {
    String commit = pack.object(COMMIT, PackBuilder.commit(NOWHERE));
    assertThat(push(commit, pack.build())).contains("refers to " + NOWHERE, "unpack error");
  }

  @Test
  void tipsThatWereNotSent() throws Exception {
    pack.object(BLOB, SMALL);
    refused("The push refers to " + NOWHERE + ", which is neither in the push nor on the server.");
  }

  @Test
  void modulesOfMegabytes() throws Exception {
    byte[] modules = "[submodule \"a\"]\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    String tree = pack.object(TREE, treeEntry("100644", ".gitmodules", pack.object(BLOB, modules)));
    String commit = pack.object(COMMIT, PackBuilder.commit(tree));
    assertThat(push(commit, pack.build())).contains("a .gitmodules file is larger than 128 KiB");
  }

  @Test
  void damagedPacks() throws Exception {
    pack.object(BLOB, SMALL);
    byte[] damaged = pack.build();
    damaged[damaged.length - 1]++;
    refused(damaged, "was damaged on its way");
    refused(Arrays.copyOf(pack.build(), damaged.length + 1), "is followed by data");
    assertThat(push(NOWHERE, Arrays.copyOf(pack.build(), damaged.length - 5)))
        .contains("The upload stopped before it was complete", "unpack error");
    refused(new byte[100], "does not begin as packs do");
    refused(new PackBuilder().raw(new byte[] {0x50, 0}).build(), "object of an unknown type");
  }
}
