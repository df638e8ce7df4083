package io.platform.slug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.platform.slug.FakePlatform;
import io.platform.slug.JavaProcess;
import io.platform.slug.ProcessTypes;
import io.platform.slug.SlugExitCode;
import io.platform.slug.SlugProblem;
import io.platform.slug.SlugProblemMessages;
import io.platform.slug.archive.SlugArchive;
import io.platform.testing.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The runner as a process, against a platform on a real HTTP server. */
@Timeout(120)
final class RunnerIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private Path app;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    app = Files.createDirectory(temporary.resolve("built"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void becomesTheProcessWithConfigAndProfile() throws Exception {
    write(".profile.d/greeting.sh", "export GREETING=\"$GREETING from the profile\"\n");
    write(
        "run.sh",
        "echo \"pid $$ home $HOME pwd $(pwd) $GREETING: $1\"; env | grep -c ^PLATFORM_; exit 7\n");
    slug(Map.of("web", "bash ./run.sh \"a: b\""));

    try (JavaProcess runner = run(Map.of("GREETING", "hello"))) {
      assertThat(runner.await()).isEqualTo(7);
      Path home = temporary.resolve("app");
      assertThat(runner.output())
          .isEqualTo(
              "pid %d home %s pwd %s hello from the profile: a: b\n0\n"
                  .formatted(runner.pid(), home, home));
    }
    assertThat(platform.leaks()).isEmpty();
  }

  @Test
  void tellsRuntimesHowMuchMemoryThereIs() throws Exception {
    slug(Map.of("web", "echo $NODE_OPTIONS $WEB_CONCURRENCY $JAVA_TOOL_OPTIONS $PLATFORM_APP"));
    Map<String, String> environment =
        Map.of(
            "PLATFORM_MEMORY", "536870912",
            "PLATFORM_APP", "shop",
            "PLATFORM_VAR_WEB_CONCURRENCY", "2");
    try (JavaProcess runner = run(environment)) {
      assertThat(runner.await()).isZero();
      assertThat(runner.output()).isEqualTo("--max-old-space-size=192 2 -Xmx302m -Xss512k shop\n");
    }
  }

  @Test
  void tellsTheProcessItsName() throws Exception {
    slug(Map.of("web", "echo is $DYNO", "worker", "echo is $DYNO"));
    try (JavaProcess named = run(Map.of("DYNO", "web.2"))) {
      assertThat(named.await()).isZero();
      assertThat(named.output()).isEqualTo("is web.2\n");
    }
    Map<String, String> pod =
        Map.of("PLATFORM_PROCESS", "worker", "HOSTNAME", "shop--worker-5d4f8c-x7k2p");
    try (JavaProcess inPod = run(pod)) {
      assertThat(inPod.await()).isZero();
      assertThat(inPod.output()).isEqualTo("is worker.x7k2p\n");
    }
  }

  @Test
  void sourcesTheProfilesAndLeavesNothingOfItsOwnInTheEnvironment() throws Exception {
    write(".profile.d/one.sh", "export ORDER=one\n");
    write(".profile", "export ORDER=\"$ORDER then .profile\"\n");
    slug(Map.of("web", "env"));

    try (JavaProcess runner = run(Map.of("GREETING", "hello"))) {
      assertThat(runner.await()).isZero();
      assertThat(runner.output().lines())
          .contains("ORDER=one then .profile")
          .map(line -> line.substring(0, line.indexOf('=')))
          .containsExactlyInAnyOrder(
              "GREETING", "HOME", "LC_ALL", "ORDER", "PATH", "PWD", "SHLVL", "_");
    }
  }

  @Test
  void saysThatAProfileKeptTheCommandFromRunning() throws Exception {
    write(".profile", "set -e\nfalse\n");
    slug(Map.of("web", "echo runs"));
    try (JavaProcess runner = run(Map.of())) {
      assertThat(runner.await()).isEqualTo(1);
      assertThat(runner.output())
          .isEqualTo(
              " !     .profile ended the shell (exit or set -e), so the command did not run. Let it end without.\n");
    }

    write(".profile", "set -u\n");
    slug(Map.of("web", "echo runs"));
    try (JavaProcess runner = run(Map.of())) {
      assertThat(runner.await()).isZero();
      assertThat(runner.output()).isEqualTo("runs\n");
    }
  }

  @Test
  void leavesTheAppNoFilesOpenAndNoSignalBlockedOrIgnored() throws Exception {
    slug(
        Map.of(
            "web",
            "ls -1 /proc/self/fd | tr '\\n' ' '; grep -E 'SigBlk|SigIgn' /proc/self/status; ulimit -Sn"));

    try (JavaProcess runner =
        JavaProcess.startInBackground(
            temporary, RunnerMain.class.getName(), environment(Map.of()))) {
      assertThat(runner.await()).isZero();
      assertThat(runner.output())
          .contains("SigBlk:\t0000000000000000")
          .containsPattern("SigIgn:\t[0-9a-f]{8}[08]0000000");
      assertThat(runner.output().lines().findFirst().orElseThrow()).startsWith("0 1 2 3 SigBlk");
    }
  }

  @Test
  void saysThatTheTemporaryDirectoryCannotBeUsed() throws Exception {
    slug(Map.of("web", "true"));

    try (JavaProcess runner =
        run(Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary.resolve("none")))) {
      assertThat(runner.await()).isEqualTo(SlugExitCode.RUNNER_INTERNAL.code());
      assertThat(runner.output())
          .contains("the compression library could not be loaded")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void listsTheProcessTypesWhereItIsAskedForAnother() throws Exception {
    slug(Map.of("web", "true"));

    try (JavaProcess runner = run(Map.of("PLATFORM_PROCESS", "wrker"))) {
      assertThat(runner.await()).isEqualTo(SlugExitCode.UNKNOWN_PROCESS_TYPE.code());
      assertThat(runner.output())
          .isEqualTo(
              " !     The app has no process type `wrker`. It has: web. Add it to the Procfile and push again.\n");
    }
  }

  @Test
  void runsNothingOfASlugWhoseDigestIsAnother() throws Exception {
    slug(Map.of("web", "echo ran"));
    platform.release("0".repeat(64));

    try (JavaProcess runner = run(Map.of())) {
      assertThat(runner.await()).isEqualTo(SlugExitCode.SLUG_DAMAGED.code());
      assertThat(runner.output()).contains("its SHA-256 differs").doesNotContain("ran\n");
    }
    assertThat(temporary.resolve("app")).isEmptyDirectory();
  }

  @Test
  void startsEachTimeFromASlugThatAnotherRunnerHasStored() throws Exception {
    write("greeting", "hello\n");
    slug(Map.of("web", "cat greeting; echo changed >greeting; touch left; ls"));
    Path stored = temporary.resolve("stored");

    try (JavaProcess first = run(Map.of("PLATFORM_STORE_SLUG", stored.toString()))) {
      assertThat(first.await()).isZero();
      assertThat(first.output()).isEmpty();
    }
    assertThat(temporary.resolve("app")).doesNotExist();
    Map<String, String> environment = withoutCredentials(stored);
    for (int start = 0; start < 2; start++) {
      try (JavaProcess runner = start(environment)) {
        assertThat(runner.await()).isZero();
        assertThat(runner.output()).isEqualTo("hello\ngreeting\nleft\n");
      }
    }
  }

  @Test
  void storesNoSlugWhoseDigestIsAnother() throws Exception {
    slug(Map.of("web", "true"));
    platform.release("0".repeat(64));
    Path stored = temporary.resolve("stored");

    try (JavaProcess runner = run(Map.of("PLATFORM_STORE_SLUG", stored.toString()))) {
      assertThat(runner.await()).isEqualTo(SlugExitCode.SLUG_DAMAGED.code());
      assertThat(runner.output()).contains("its SHA-256 differs");
    }
    assertThat(stored).doesNotExist();
  }

  @Test
  void startsNothingOfAStoredSlugThatIsDamaged() throws Exception {
    Path stored = Files.writeString(temporary.resolve("stored"), "no slug");

    try (JavaProcess runner = start(withoutCredentials(stored))) {
      assertThat(runner.await()).isEqualTo(SlugExitCode.SLUG_DAMAGED.code());
      assertThat(runner.output()).contains("The slug is not what was built");
    }
  }

  private Map<String, String> withoutCredentials(Path stored) {
    Map<String, String> environment = environment(Map.of("PLATFORM_SLUG", stored.toString()));
    environment.keySet().removeAll(List.of("PLATFORM_URL", "PLATFORM_RELEASE", "PLATFORM_TOKEN"));
    return environment;
  }

  @Test
  void waitsForAPlatformThatIsRestarting() throws Exception {
    slug(Map.of("web", "echo ran"));
    platform.fail("/slug", FakePlatform.Fault.UNAVAILABLE, FakePlatform.Fault.HEARD_BUT_CUT);

    try (JavaProcess runner = run(Map.of())) {
      assertThat(runner.await()).isZero();
      assertThat(runner.output()).contains("restarting").endsWith("ran\n");
    }
    SlugProblem first = platform.slugProblems().getFirst().orElseThrow();
    assertThat(first).isInstanceOf(SlugProblem.PlatformAnswered.class);
    assertThat(SlugProblemMessages.of(first)).contains("restarting");
    assertThat(platform.slugProblems().getLast()).isEmpty();
  }

  @Test
  void saysThatAReleaseIsRefused() throws Exception {
    try (JavaProcess runner = run(Map.of("PLATFORM_RELEASE", "other"))) {
      assertThat(runner.await()).isEqualTo(SlugExitCode.RELEASE_REFUSED.code());
      assertThat(runner.output()).contains("There is no such build.");
    }
  }

  @Test
  void servesNoDirectoryOutsideTheApp() throws Exception {
    Path outside = Files.createDirectory(temporary.resolve("outside"));
    Files.createSymbolicLink(app.resolve("public"), outside);
    compileSite();
    slug(Map.of("web", "PORT=0 exec static-server public"));

    try (JavaProcess runner = run(Map.of())) {
      assertThat(runner.await()).isEqualTo(1);
      assertThat(runner.output()).contains("`public` leads out of the app");
    }
  }

  @Test
  void servesAStaticSite() throws Exception {
    write("public/index.html", "<h1>hello</h1>");
    compileSite();
    serves(Map.of("web", "static-server public"));
  }

  /** As the static buildpack does. */
  private void compileSite() throws Exception {
    Path buildpack = Files.createDirectories(temporary.resolve("buildpack"));
    for (String file : List.of("bin/compile", "lib/static-server")) {
      Files.createDirectories(buildpack.resolve(file).getParent());
      try (var in = getClass().getResourceAsStream("/buildpacks/static/" + file)) {
        Files.copy(in, buildpack.resolve(file));
      }
    }
    Process compile =
        new ProcessBuilder(
                "bash", buildpack.resolve("bin/compile").toString(), app.toString(), "-", "-")
            .inheritIO()
            .start();
    assertThat(compile.waitFor()).isZero();
  }

  @Test
  void servesAStaticSiteThatAnEarlierVersionBuilt() throws Exception {
    write("public/index.html", "<h1>hello</h1>");
    write(".profile.d/static.sh", "export PATH=\"$HOME/.static/bin:$PATH\"\n");
    Path server = app.resolve(".static/bin/static-server");
    write(
        ".static/bin/static-server",
        """
        #!/usr/bin/env bash
        exec "$SLUG_RUNNER_JAVA" -cp "$SLUG_RUNNER_CLASSPATH" io.platform.slug.site.StaticSiteMain "${1:-.}"
        """);
    Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
    serves(Map.of("web", "static-server public"));
  }

  private void serves(Map<String, String> types) throws Exception {
    slug(types);
    int port = FreePort.find();
    try (JavaProcess runner = run(Map.of("PORT", Integer.toString(port)))) {
      HttpResponse<String> answer = get(URI.create("http://127.0.0.1:" + port + "/"), runner);
      assertThat(answer.body()).isEqualTo("<h1>hello</h1>");
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
      runner.terminate();
      assertThat(runner.await()).isEqualTo(143);
    }
  }

  private static HttpResponse<String> get(URI url, JavaProcess runner) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofMinutes(1))
          .failFast(() -> assertThat(runner.isAlive()).as(runner.output()).isTrue())
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(
              () ->
                  client.send(
                      HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString()),
              answer -> true);
    }
  }

  private JavaProcess run(Map<String, String> more) throws IOException {
    return start(environment(more));
  }

  private JavaProcess start(Map<String, String> environment) throws IOException {
    return JavaProcess.start(temporary, RunnerMain.class.getName(), environment);
  }

  private Map<String, String> environment(Map<String, String> more) {
    Map<String, String> env = new HashMap<>();
    env.put("PLATFORM_URL", platform.url().toString());
    env.put("PLATFORM_RELEASE", FakePlatform.RELEASE);
    env.put("PLATFORM_TOKEN", FakePlatform.TOKEN);
    env.put("PLATFORM_APP_DIR", temporary.resolve("app").toString());
    env.putAll(more);
    return env;
  }

  private void slug(Map<String, String> types) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SlugArchive.write(app, "platform-1", "Test", new ProcessTypes(types), bytes);
    platform.store("slug", bytes.toByteArray());
    platform.release();
  }

  private void write(String name, String content) throws IOException {
    Path file = app.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }
}
