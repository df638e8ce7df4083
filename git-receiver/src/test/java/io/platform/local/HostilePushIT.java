package io.platform.local;

import static io.platform.git.pack.PackBuilder.BLOB;
import static io.platform.git.pack.PackBuilder.COMMIT;
import static io.platform.git.pack.PackBuilder.TREE;
import static io.platform.git.pack.PackBuilder.copy;
import static io.platform.git.pack.PackBuilder.delta;
import static io.platform.git.pack.PackBuilder.insert;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.git.pack.PackBuilder;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile pushes at once to a server of 256 MB that ends where its heap is full. */
class HostilePushIT {
  private static final int MIB = 1024 * 1024;
  private static final long HUGE = 1_900_000_000L;
  private static final byte[] SMALL = "small\n".getBytes(UTF_8);
  private static final String NOWHERE = "12".repeat(20);

  @TempDir private Path directory;

  @Test
  void theServerOutlivesTenAtOnce() throws Exception {
    GitApp shop = GitApp.in(directory.resolve("shop"));
    shop.commitPage("page", "before");
    try (Server server = Server.start(directory.resolve("data"));
        HttpClient http = HttpClient.newHttpClient()) {
      String token = server.login();
      server.api(token, "POST", "/apps", "{\"name\":\"shop\"}");
      assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("Released v1");

      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (byte[] pack : packs()) {
        HttpRequest push =
            HttpRequest.newBuilder(server.base().resolve("/admin/shop.git/git-receive-pack"))
                .header("Content-Type", "application/x-git-receive-pack-request")
                .header("Authorization", "Basic " + basic(token))
                .POST(BodyPublishers.ofByteArray(PackBuilder.push("feature", NOWHERE, pack)))
                .build();
        answers.add(http.sendAsync(push, BodyHandlers.ofString(ISO_8859_1)));
      }
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().body()).contains(" !     The push ", "unpack error");
      }

      assertThat(server.app("shop-admin.localhost", "/page")).isEqualTo("before");
      shop.commitPage("page", "after");
      assertThat(shop.push(server.base(), token, "admin/shop").output()).contains("Released v2");
    }
  }

  private static String basic(String token) {
    return Base64.getEncoder().encodeToString(("git:" + token).getBytes(UTF_8));
  }

  private static List<byte[]> packs() throws IOException {
    PackBuilder small = new PackBuilder();
    String name = small.object(BLOB, SMALL);
    List<byte[]> packs = new ArrayList<>();
    packs.add(small.build((1L << 31) - 1));
    packs.add(small.build((1L << 32) - 1));
    packs.add(new PackBuilder().claim(COMMIT, HUGE, SMALL).build());
    packs.add(new PackBuilder().claim(TREE, HUGE, SMALL).build());
    packs.add(new PackBuilder().claim(BLOB, HUGE, SMALL).build());
    packs.add(small.namedDelta(name, delta(HUGE, 6, copy(0, 6))).build());
    packs.add(largeBase(300).build());
    for (int i = 0; i < 3; i++) {
      packs.add(largeBase(15).build());
    }
    return packs;
  }

  /** A blob of so many MiB, and deltas of its size upon it. */
  private static PackBuilder largeBase(int megabytes) throws IOException {
    int size = megabytes * MIB;
    PackBuilder pack = new PackBuilder().zeros(BLOB, size);
    for (int i = 0; i < 10; i++) {
      byte[] number = "%06d".formatted(i).getBytes(UTF_8);
      pack.offsetDelta(12, delta(size, size, copy(0, size - 6), insert(number)));
    }
    return pack;
  }
}
