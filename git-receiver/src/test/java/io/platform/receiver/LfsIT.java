package io.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.platform.commons.digest.Sha256Digests;
import io.platform.domain.App;
import io.platform.domain.Build;
import io.platform.domain.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Git LFS API; {@code .ci/e2e} uses it by git-lfs itself. */
class LfsIT {
  private static final String LFS = "/acme/shop.git/info/lfs";
  private static final String OBJECTS = LFS + "/objects/";
  private static final String PICTURE = "a picture";

  @TempDir Path temp;
  private TestReceiver receiver;
  private App app;
  private RawGit developer;
  private RawGit viewer;

  @BeforeEach
  void start() throws IOException {
    receiver = TestReceiver.start(temp);
    app = receiver.app("shop");
    developer = new RawGit(receiver, TestReceiver.DEVELOPER);
    viewer = new RawGit(receiver, TestReceiver.VIEWER);
  }

  @AfterEach
  void stop() {
    developer.close();
    viewer.close();
    receiver.close();
  }

  private static String oid(String content) {
    return Sha256.of(Sha256Digests.start().digest(content.getBytes(StandardCharsets.UTF_8))).hex();
  }

  private static HttpResponse<String> batch(RawGit client, String operation, String... objects)
      throws IOException, InterruptedException {
    return client.send(
        client
            .request(OBJECTS + "batch")
            .header("Content-Type", "application/vnd.git-lfs+json; charset=utf-8")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"operation":"%s","transfers":["lfs-standalone-file","basic","ssh"],\
                    "ref":{"name":"refs/heads/main"},"hash_algo":"sha256","objects":[%s]}\
                    """
                        .formatted(operation, String.join(",", objects))))
            .build());
  }

  private static String named(String oid, long size) {
    return "{\"oid\":\"%s\",\"size\":%d}".formatted(oid, size);
  }

  private static String picture() {
    return named(oid(PICTURE), PICTURE.length());
  }

  private static HttpResponse<String> upload(RawGit client, String oid, String content)
      throws IOException, InterruptedException {
    return client.send(client.request(OBJECTS + oid).PUT(BodyPublishers.ofString(content)).build());
  }

  private HttpResponse<String> download(String oid, String range)
      throws IOException, InterruptedException {
    return viewer.send(viewer.request(OBJECTS + oid).header("Range", range).GET().build());
  }

  private Map<String, String> source() throws IOException {
    Build build = receiver.latest(app);
    Map<String, String> files = new HashMap<>();
    try (InputStream stored =
            receiver.objects.open(build.source().orElseThrow().object().key(), 0);
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new ZstdInputStreamNoFinalizer(stored))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  @Test
  void buildsWithWhatWasUploaded() throws Exception {
    HttpResponse<String> asked = batch(developer, "upload", picture());
    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.headers().firstValue("Content-Type")).contains("application/vnd.git-lfs+json");
    assertThat(asked.body())
        .isEqualTo(
            """
            {"transfer":"basic","objects":[{"oid":"%1$s","size":9,"actions":{"upload":{"href":\
            "http://localhost:8080/acme/shop.git/info/lfs/objects/%1$s"}}}],"hash_algo":"sha256"}\
            """
                .formatted(oid(PICTURE)));
    assertThat(upload(developer, oid(PICTURE), PICTURE).statusCode()).isEqualTo(200);
    assertThat(batch(developer, "upload", picture()).body()).doesNotContain("actions");

    Git git = Git.repository(temp, "work").remote(receiver.url(app));
    git.write(
            "logo.png",
            "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 9\n"
                .formatted(oid(PICTURE)))
        .commit("Logo");
    git.push("main").succeeded();
    assertThat(source()).containsEntry("logo.png", PICTURE);
  }

  @Test
  void givesWhatWasUploaded() throws Exception {
    assertThat(batch(viewer, "download", picture()).body())
        .contains(
            "\"error\":{\"code\":404,\"message\":\"The content of this file was not uploaded");
    assertThat(download(oid(PICTURE), "bytes=0-").statusCode()).isEqualTo(404);
    upload(developer, oid(PICTURE), PICTURE);

    assertThat(batch(viewer, "download", picture()).body())
        .contains("\"actions\":{\"download\":{\"href\":\"http://localhost:8080" + OBJECTS);
    assertThat(viewer.get(OBJECTS + oid(PICTURE)).body()).isEqualTo(PICTURE);
    HttpResponse<String> rest = download(oid(PICTURE), "bytes=2-");
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.headers().firstValue("Content-Range")).contains("bytes 2-8/9");
    assertThat(rest.body()).isEqualTo("picture");
    HttpResponse<String> beyond = download(oid(PICTURE), "bytes=9-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */9");
  }

  @Test
  void storesOnlyWhatTheNameSays() throws Exception {
    HttpResponse<String> other = upload(developer, oid(PICTURE), "another picture");
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("another SHA-256 than its name");
    assertThat(upload(developer, "nonsense", PICTURE).statusCode()).isEqualTo(422);
    assertThat(receiver.objects.list("cluster/")).isEmpty();
    assertThat(batch(developer, "upload", named("nonsense", 1), picture()).body())
        .contains("\"code\":422,\"message\":\"The name of a file is no SHA-256")
        .contains("\"actions\"");
  }

  @Test
  void letsOnlyDevelopersUpload() throws Exception {
    assertThat(batch(viewer, "upload", picture()).statusCode()).isEqualTo(403);
    assertThat(upload(viewer, oid(PICTURE), PICTURE).statusCode()).isEqualTo(403);
    assertThat(batch(viewer, "download", picture()).statusCode()).isEqualTo(200);
    try (RawGit stranger = new RawGit(receiver, TestReceiver.STRANGER)) {
      assertThat(batch(stranger, "download", picture()).statusCode()).isEqualTo(404);
      assertThat(stranger.get(OBJECTS + oid(PICTURE)).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void keepsTheFilesOfAppsApart() throws Exception {
    receiver.app("other");
    upload(developer, oid(PICTURE), PICTURE);
    assertThat(developer.get("/acme/other.git/info/lfs/objects/" + oid(PICTURE)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void boundsFilesAndApps() throws Exception {
    String large = "x".repeat(TestReceiver.LFS_OBJECT + 1);
    assertThat(batch(developer, "upload", named(oid(large), large.length())).body())
        .contains("\"code\":413,\"message\":\"A file is larger than 1,000,000 bytes");
    assertThat(upload(developer, oid(large), large).statusCode()).isEqualTo(413);
    assertThat(
            developer
                .send(
                    developer
                        .request(OBJECTS + oid(large))
                        .PUT(
                            BodyPublishers.fromPublisher(BodyPublishers.ofString(large))) // chunked
                        .build())
                .statusCode())
        .isEqualTo(413);
    for (String each : new String[] {"a", "b"}) {
      String content = each.repeat(TestReceiver.LFS_OBJECT);
      assertThat(upload(developer, oid(content), content).statusCode()).isEqualTo(200);
    }
    String third = "c".repeat(TestReceiver.LFS_OBJECT);
    HttpResponse<String> full = upload(developer, oid(third), third);
    assertThat(full.statusCode()).isEqualTo(507);
    assertThat(full.body()).contains("would be more than 2,500,000 bytes");
    assertThat(batch(developer, "upload", named(oid(third), third.length())).body())
        .contains("\"code\":507");
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    assertThat(batch(developer, "verify", picture()).statusCode()).isEqualTo(422);
    assertThat(batch(developer, "upload", "null").statusCode()).isEqualTo(422);
    assertThat(batch(developer, "upload", named(oid(PICTURE), -1)).body())
        .contains("\"code\":422,\"message\":\"The size of a file is no number of bytes.");
    for (String body :
        new String[] {"", "{", "[]", "{\"operation\":\"upload\",\"transfers\":[\"tus\"]}"}) {
      HttpResponse<String> answer =
          developer.send(
              developer.request(OBJECTS + "batch").POST(BodyPublishers.ofString(body)).build());
      assertThat(answer.statusCode()).as(body).isEqualTo(422);
      assertThat(answer.headers().firstValue("Content-Type"))
          .contains("application/vnd.git-lfs+json");
    }
    assertThat(developer.get(LFS + "/objects").statusCode()).isEqualTo(404);
    assertThat(developer.get(LFS + "/locks").body()).contains("keeps no locks");
  }
}
