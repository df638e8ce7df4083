package io.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.platform.domain.App;
import io.platform.domain.BuildEnd;
import io.platform.domain.BuildFailureCause;
import io.platform.domain.BuildId;
import io.platform.domain.BuildStatus;
import io.platform.domain.Release;
import io.platform.domain.ReleaseVersion;
import io.platform.domain.RolloutEnd;
import io.platform.domain.Sha256;
import io.platform.failure.FailureMessages;
import io.platform.slug.BuildJob;
import io.platform.slug.BuildpackReference;
import io.platform.slug.SecretSeed;
import io.platform.slug.SlugProblem;
import io.platform.slug.Step;
import io.platform.slug.StepTimes;
import io.platform.support.Client;
import io.platform.support.TestPlatform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuilderApiTest {
  @TempDir Path data;

  private TestPlatform platform;
  private App app;
  private BuildId id;
  private Client builder;
  private String build;

  @BeforeEach
  void start() throws IOException {
    platform = new TestPlatform(data);
    app = platform.app("shop");
    platform.stores.releases().reconfigure(app.id(), Map.of("A", Optional.of("1")), "dev");
    id = platform.accepted(app);
    builder = new Client(platform, platform.tokens.forBuild(id, Instant.now().plusSeconds(600)));
    build = "/api/v1/builds/" + id;
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private static String sha256(String content) throws Exception {
    return Sha256.of(
            MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)))
        .hex();
  }

  private int upload(String what, String content) throws Exception {
    JsonNode upload =
        builder
            .post(
                build + "/" + what,
                "{\"size\":%d,\"sha256\":\"%s\"}".formatted(content.length(), sha256(content)))
            .json();
    return platform
        .http
        .send(
            HttpRequest.newBuilder(URI.create(upload.path("url").asText()))
                .method(upload.path("method").asText(), BodyPublishers.ofString(content))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private String report(String slug) throws Exception {
    return """
    {"build":"%s","status":"succeeded","slug":{"size":%d,"sha256":"%s"},"cache":null,"buildpack":"Node.js",
     "stack":"platform-1","process_types":{"web":"node ."},"slug_unpacked_bytes":10}\
    """
        .formatted(id, slug.length(), sha256(slug));
  }

  private String get(String url) throws Exception {
    return platform
        .http
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }

  @Test
  void givesTheFirstReleaseTheSecretsOfItsBuild() throws Exception {
    SecretSeed seed =
        BuildJob.parse(builder.get(build + "/job").text().getBytes(StandardCharsets.UTF_8))
            .secretSeed()
            .orElseThrow();
    upload("slug", "slug");
    String declares =
        report("slug")
            .replaceFirst("}$", ",\"app_json\":{\"env\":{\"KEY\":{\"generator\":\"secret\"}}}}");
    assertThat(builder.post(build + "/report", declares).status()).isEqualTo(200);
    assertThat(platform.stores.releases().find(app.id(), new ReleaseVersion(1)))
        .hasValueSatisfying(release ->
            assertThat(release.config().vars()).containsEntry("KEY", seed.secret("KEY")));
    assertThat(seed.secret("KEY")).matches("[0-9a-f]{64}").isNotEqualTo(seed.secret("OTHER"));
  }

  @Test
  void tellsABuilderItsJob() throws Exception {
    Client.Answer answer = builder.get(build + "/job");
    BuildJob job = BuildJob.parse(answer.text().getBytes(StandardCharsets.UTF_8));
    assertThat(job.commit()).contains("1".repeat(40));
    assertThat(job.cache()).isEmpty();
    assertThat(job.reportUrl()).isEqualTo(platform.base.resolve(build + "/report"));
    assertThat(job.firstDeploy()).isTrue();
    assertThat(job.secretSeed()).isPresent();
    assertThat(job.buildpacks()).isEmpty();
    assertThat(job.source().sha256()).isEqualTo(sha256("source"));
    Client.Answer source = builder.get(build + "/source");
    assertThat(source.status()).isEqualTo(307);
    assertThat(get(source.header("Location"))).isEqualTo("source");
    assertThat(builder.get(build + "/cache").status()).isEqualTo(404);
  }

  @Test
  void tellsABuilderTheBuildpacksThatWereChosen() throws Exception {
    List<BuildpackReference> chosen =
        List.of(BuildpackReference.of("nodejs"), BuildpackReference.of("./pack"));
    platform.stores.apps().buildpacks(app.id(), now -> chosen, "dev");

    BuildJob job =
        BuildJob.parse(builder.get(build + "/job").text().getBytes(StandardCharsets.UTF_8));

    assertThat(job.buildpacks()).isEqualTo(chosen);
  }

  @Test
  void letsNobodyElseIn() throws Exception {
    BuildId other = platform.accepted(platform.app("other"));
    Client stranger =
        new Client(platform, platform.tokens.forBuild(other, Instant.now().plusSeconds(600)));
    for (String path : new String[] {"/job", "/source", "/cache"}) {
      assertThat(new Client(platform, "").get(build + path).status()).isEqualTo(401);
      assertThat(new Client(platform, "dev").get(build + path).status()).isEqualTo(401);
      assertThat(stranger.get(build + path).status()).isEqualTo(404);
    }
    for (String path : new String[] {"/slug", "/cache"}) {
      String what = "{\"size\":1,\"sha256\":\"%s\"}".formatted("0".repeat(64));
      assertThat(stranger.post(build + path, what).status()).isEqualTo(404);
    }
    assertThat(stranger.post(build + "/log?offset=0", "x\n").status()).isEqualTo(404);
    assertThat(stranger.post(build + "/report", report("slug")).status()).isEqualTo(404);
    assertThat(new Client(platform, "dev").post(build + "/report", report("slug")).status())
        .isEqualTo(401);
    assertThat(platform.row(id).status()).isEqualTo(BuildStatus.ACCEPTED);
  }

  @Test
  void takesTokensOfBuildsAndReleasesNowhereElse() throws Exception {
    upload("slug", "the slug");
    builder.post(build + "/report", report("the slug"));
    Release v1 = platform.stores.releases().find(app.id(), new ReleaseVersion(1)).orElseThrow();
    platform.stores.releases().rolledOut(app.id(), v1.version(), new RolloutEnd.Live());
    Release v2 = platform.stores.releases().rollback(app.id(), Optional.of(v1.version()), "dev");
    Client runner = new Client(platform, platform.tokens.forRelease(v1.id()));
    for (Client worker : List.of(builder, runner)) {
      for (String path : List.of("", "/acme/shop", "/acme/shop/config", "/acme/shop/builds")) {
        assertThat(worker.get("/api/v1/apps" + path).status()).as(path).isEqualTo(401);
      }
      assertThat(worker.post("/api/v1/apps", "{\"name\":\"x\"}").status()).isEqualTo(401);
      assertThat(worker.delete("/api/v1/apps/acme/shop?confirm=shop").status()).isEqualTo(401);
    }
    for (String path : List.of("/job", "/source", "/cache")) {
      assertThat(runner.get(build + path).status()).as(path).isEqualTo(401);
    }
    assertThat(runner.post(build + "/report", report("the slug")).status()).isEqualTo(401);
    assertThat(runner.get("/api/v1/releases/%s/slug".formatted(v2.id())).status()).isEqualTo(404);
  }

  @Test
  void takesSignedUrlsForWhatTheyAreSignedForAlone() throws Exception {
    String source = builder.get(build + "/source").header("Location");
    String upload =
        builder
            .post(build + "/slug", "{\"size\":4,\"sha256\":\"%s\"}".formatted(sha256("slug")))
            .json()
            .path("url")
            .asText();
    char last = source.charAt(source.length() - 1);
    String changed = source.substring(0, source.length() - 1) + (last == 'A' ? 'B' : 'A');
    assertThat(status(source, "GET")).isEqualTo(200);
    assertThat(status(source, "PUT")).isEqualTo(403);
    assertThat(status(upload, "GET")).isEqualTo(403);
    assertThat(status(changed, "GET")).isEqualTo(403);
    assertThat(status(source.replaceFirst("[?].*", ""), "GET")).isEqualTo(403);
    assertThat(status(source.replaceFirst("[?].*", upload.replaceFirst("[^?]*", "")), "GET"))
        .isEqualTo(403);
  }

  private int status(String url, String method) throws Exception {
    return platform
        .http
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .method(
                    method,
                    method.equals("PUT")
                        ? BodyPublishers.ofString("slug")
                        : BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void makesAReleaseOfAReportedSlugOnce() throws Exception {
    assertThat(upload("slug", "the slug")).isEqualTo(201);
    assertThat(upload("cache", "the cache")).isEqualTo(201);
    Client.Answer first = builder.post(build + "/report", report("the slug"));
    assertThat(first.text()).isEqualTo("{\"release\":\"v1\"}");
    assertThat(builder.post(build + "/report", report("the slug")).text())
        .isEqualTo("{\"release\":\"v1\"}");
    Client.Answer failed =
        builder.post(
            build + "/report",
            "{\"build\":\"%s\",\"status\":\"failed\",\"exit_code\":30,\"step\":\"compile\",\"message\":\"m\"}"
                .formatted(id));
    assertThat(failed.status()).isEqualTo(410);
    assertThat(platform.stores.releases().list(app.id(), 10)).hasSize(1);
    assertThat(builder.get(build + "/job").status()).isEqualTo(410);
  }

  @Test
  void takesHowLongTheStepsTookOnceAndOnlyWhatCanBe() throws Exception {
    String report =
        """
        {"build": "%s", "status": "failed", "exit_code": 30, "step": "compile", "message": "m",
         "steps": {"fetch": 1500, "compile": 61000, "pack": 99999999999, "shop": 1}}
        """
            .formatted(id);
    assertThat(builder.post(build + "/report", report).status()).isEqualTo(200);
    assertThat(builder.post(build + "/report", report).status()).isEqualTo(200);
    assertThat(platform.steps)
        .containsExactly(
            new StepTimes(
                Map.of(Step.FETCH, Duration.ofMillis(1500), Step.COMPILE, Duration.ofSeconds(61))));
  }

  @Test
  void refusesAReportOfWhatIsNotStored() throws Exception {
    assertThat(builder.post(build + "/report", report("the slug")).status()).isEqualTo(422);
    upload("slug", "another slug");
    assertThat(builder.post(build + "/report", report("the slug")).status()).isEqualTo(422);
    assertThat(builder.post(build + "/report", "{}").status()).isEqualTo(400);
    assertThat(builder.post(build + "/report", "x".repeat(5000)).status()).isEqualTo(413);
    assertThat(platform.row(id).status()).isEqualTo(BuildStatus.ACCEPTED);
  }

  @Test
  void endsABuildThatFailed() throws Exception {
    String report =
        "{\"build\":\"%s\",\"status\":\"failed\",\"exit_code\":30,\"step\":\"compile\",\"message\":\"npm ci failed\"}"
            .formatted(id);
    assertThat(builder.post(build + "/report", report).text()).isEqualTo("{}");
    assertThat(builder.post(build + "/report", report).text()).isEqualTo("{}");
    assertThat(platform.row(id).failure())
        .contains(new BuildFailureCause.Reported(30, "npm ci failed"));
    assertThat(platform.row(id).exitCode()).contains(30);
  }

  @Test
  void takesALateReportForNothing() throws Exception {
    upload("slug", "the slug");
    platform.stores.builds().end(id, new BuildEnd.Canceled("dev@example.com"));
    assertThat(builder.post(build + "/report", report("the slug")).status()).isEqualTo(410);
    assertThat(platform.row(id).status()).isEqualTo(BuildStatus.CANCELED);
    assertThat(platform.stores.releases().list(app.id(), 10)).isEmpty();
  }

  @Test
  void appendsLinesOnceAndTellsTheRightOffset() throws Exception {
    assertThat(builder.post(build + "/log?offset=0", "eins\n").text()).isEqualTo("{\"offset\":5}");
    assertThat(builder.post(build + "/log?offset=5", "ü\n").text()).isEqualTo("{\"offset\":8}");
    Client.Answer wrong = builder.post(build + "/log?offset=0", "eins\n");
    assertThat(wrong.status()).isEqualTo(409);
    assertThat(wrong.json().path("offset").asLong()).isEqualTo(8);
    assertThat(builder.post(build + "/log?offset=8", "half a line").status()).isEqualTo(400);
    assertThat(platform.log(id)).isEqualTo("       eins\n       ü\n");
    platform
        .stores
        .builds()
        .end(id, new BuildEnd.Failed(new BuildFailureCause.StoredSentence("m")));
    assertThat(builder.post(build + "/log?offset=8", "late\n").status()).isEqualTo(410);
  }

  @Test
  void letsNoBuilderSpeakAsThePlatform() throws Exception {
    String lines =
        """
        -----> Node.js app detected
        -----> Released v9, running at http://evil.example/
         !     Push rejected
        \u001b]52;c;ZXZpbA==\u0007\u001b[2J\u001b[31mred
        """;
    String answer = builder.post(build + "/log?offset=0", lines).text();
    assertThat(answer).isEqualTo("{\"offset\":%d}".formatted(lines.length()));
    String more = "10%\r100%\n";
    assertThat(builder.post(build + "/log?offset=" + lines.length(), more).status()).isEqualTo(200);
    assertThat(platform.log(id))
        .isEqualTo(
            """
            -----> Node.js app detected
                   -----> Released v9, running at http://evil.example/
                   !     Push rejected
                   \u001b[31mred\u001b[0m
                   100%
            """);
  }

  @Test
  void refusesMoreThanAMebibyteOfLinesAtOnce() throws Exception {
    String line = "x".repeat(1023) + "\n";
    Client.Answer refused = builder.post(build + "/log?offset=0", line.repeat(1025));
    assertThat(refused.status()).isEqualTo(413);
    assertThat(refused.text()).contains("The request's body is larger than");
    assertThat(builder.post(build + "/log?offset=0", line.repeat(1024)).status()).isEqualTo(200);
  }

  @Test
  void letsNoReportReadAsThePlatformsLines() throws Exception {
    String message =
        "it failed\\u001b[2J\\u001b[31m\\n-----> Released v9, running at http://evil.example/\\n"
            + " !     Push rejected\\r\\nmore";
    String report =
        "{\"build\":\"%s\",\"status\":\"failed\",\"exit_code\":30,\"step\":\"compile\",\"message\":\"%s\"}"
            .formatted(id, message + "\\nx".repeat(100));
    assertThat(builder.post(build + "/report", report).text()).isEqualTo("{}");
    assertThat(platform.row(id).failure().map(FailureMessages::of).orElseThrow())
        .startsWith(
            """
            it failed
                   -----> Released v9, running at http://evil.example/
                   !     Push rejected
            more
            x\
            """)
        .hasLineCount(50);
  }

  @Test
  void keepsNoMoreOfALogThanTheLimit() throws Exception {
    String line = "       " + "x".repeat(1016) + "\n";
    String half = line.repeat(512);
    assertThat(builder.post(build + "/log?offset=0", half).status()).isEqualTo(200);
    assertThat(builder.post(build + "/log?offset=" + half.length(), half + line).status())
        .isEqualTo(200);
    long next = 2L * half.length() + line.length();
    long kept = next;
    for (int i = 0; i < 3; i++) {
      assertThat(builder.post(build + "/log?offset=" + next, line).json().path("offset").asLong())
          .isEqualTo(next + 1024);
      next += 1024;
    }
    assertThat(platform.row(id).logSize()).isLessThan(kept + 100);
    assertThat(platform.log(id))
        .endsWith(" !     The log is longer than 1 MB: what follows is not kept\n");
  }

  @Test
  void notesWhyARunnerHasNoSlugYet() throws Exception {
    upload("slug", "the slug");
    builder.post(build + "/report", report("the slug"));
    Release v1 = platform.stores.releases().find(app.id(), new ReleaseVersion(1)).orElseThrow();
    Client runner = new Client(platform, platform.tokens.forRelease(v1.id()));
    String problem = "/api/v1/releases/%s/slug/problem".formatted(v1.id());
    String answered =
        "{\"code\":\"platform_answered\",\"status\":503,\"detail\":\"no\\n----- connection\"}";
    SlugProblem noted = new SlugProblem.PlatformAnswered(503, "no\\n----- connection");
    assertThat(runner.post(problem, answered).status()).isEqualTo(204);
    assertThat(platform.stores.releases().slugProblem(v1.id())).contains(noted);
    assertThat(runner.post(problem, "nothing").status()).isEqualTo(400);
    assertThat(runner.post(problem, "{\"code\":\"x\"}").status()).isEqualTo(400);
    assertThat(builder.post(problem, "{\"code\":\"store_answered\",\"status\":500}").status())
        .isEqualTo(401);
    assertThat(platform.stores.releases().slugProblem(v1.id())).contains(noted);
    String before = "{\"message\":\"no connection\"}";
    assertThat(runner.post(problem, before).status()).isEqualTo(204);
    assertThat(platform.stores.releases().slugProblem(v1.id()))
        .contains(new SlugProblem.Described("no connection"));
    assertThat(runner.post(problem, "{}").status()).isEqualTo(204);
    assertThat(platform.stores.releases().slugProblem(v1.id())).isEmpty();
  }

  @Test
  void givesARunnerTheSlugOfAWantedRelease() throws Exception {
    upload("slug", "the slug");
    builder.post(build + "/report", report("the slug"));
    Release v1 = platform.stores.releases().find(app.id(), new ReleaseVersion(1)).orElseThrow();
    Client runner = new Client(platform, platform.tokens.forRelease(v1.id()));
    Client.Answer slug = runner.get("/api/v1/releases/%s/slug".formatted(v1.id()));
    assertThat(slug.status()).isEqualTo(307);
    assertThat(slug.header("Repr-Digest"))
        .isEqualTo(
            "sha-256=:%s:"
                .formatted(
                    java.util.Base64.getEncoder()
                        .encodeToString(new Sha256(sha256("the slug")).bytes())));
    assertThat(get(slug.header("Location"))).isEqualTo("the slug");
    assertThat(builder.get("/api/v1/releases/%s/slug".formatted(v1.id())).status()).isEqualTo(401);
    platform.stores.apps().destroy(app.id());
    assertThat(runner.get("/api/v1/releases/%s/slug".formatted(v1.id())).status()).isEqualTo(410);
  }

  @Test
  void servesRangesAndRefusesForgedUrls() throws Exception {
    String url = builder.get(build + "/source").header("Location");
    var part =
        platform.http.send(
            HttpRequest.newBuilder(URI.create(url)).header("Range", "bytes=1-3").build(),
            BodyHandlers.ofString());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("our");
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 1-3/6");
    var beyond =
        platform.http.send(
            HttpRequest.newBuilder(URI.create(url)).header("Range", "bytes=6-").build(),
            BodyHandlers.ofString());
    assertThat(beyond.statusCode()).isEqualTo(416);
    var head =
        platform.http.send(
            HttpRequest.newBuilder(URI.create(url)).HEAD().build(), BodyHandlers.discarding());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("6");
    var forged =
        platform.http.send(
            HttpRequest.newBuilder(URI.create(url.replace("/source", "/slug"))).build(),
            BodyHandlers.ofString());
    assertThat(forged.statusCode()).isEqualTo(403);
    JsonNode upload =
        builder
            .post(build + "/slug", "{\"size\":4,\"sha256\":\"%s\"}".formatted(sha256("slug")))
            .json();
    var damaged =
        platform.http.send(
            HttpRequest.newBuilder(URI.create(upload.path("url").asText()))
                .PUT(BodyPublishers.ofString("gulp"))
                .build(),
            BodyHandlers.ofString());
    assertThat(damaged.statusCode()).isEqualTo(422);
    assertThat(platform.objects.store().stat(platform.keys.slug(app, id))).isEmpty();
  }
}
