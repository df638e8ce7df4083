package io.platform.slug.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.slug.BuildReport;
import io.platform.slug.ConfigVars;
import io.platform.slug.FakePlatform;
import io.platform.slug.JavaProcess;
import io.platform.slug.Manifest;
import io.platform.slug.SlugExitCode;
import io.platform.slug.archive.SlugArchive;
import io.platform.slug.build.failure.SizeFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The builder as a process, against a platform on a real HTTP server. */
@Timeout(180)
final class BuilderIT {
  @TempDir Path temporary;
  private final Map<String, String> config = new HashMap<>();
  private FakePlatform platform;
  private Path app;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    app = Files.createDirectory(temporary.resolve("pushed"));
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void buildsProcfileApp() throws Exception {
    write("Procfile", "web: ./run --port=$PORT\nworker: ./work\n");
    write("run", "#!/bin/sh\n");
    Files.setPosixFilePermissions(app.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(app.resolve("ländler"), Path.of("run"));
    Files.createDirectory(app.resolve("empty"));

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .isEqualTo(
            """
            -----> Procfile app detected
                   Nothing to compile; the Procfile says what runs.
            -----> Discovering process types
                   Procfile declares types -> web, worker
                   Warning: `worker` starts `./work`, which the app does not have. Check the name, and that the file is committed or that the build makes it.
            -----> Compressing
                   Done: SIZE
            """
                .replace(
                    "SIZE", SizeFormat.readable(platform.stored("slug").orElseThrow().length)));
    BuildReport.Succeeded report = succeeded();
    assertThat(report.processTypes().commands())
        .containsExactly(Map.entry("web", "./run --port=$PORT"), Map.entry("worker", "./work"));
    assertThat(report.slug().size()).isEqualTo(platform.stored("slug").orElseThrow().length);
    assertThat(report.cache()).isEmpty();
    Path unpacked = unpackSlug();
    assertThat(unpacked.resolve("run")).isExecutable();
    assertThat(Files.readSymbolicLink(unpacked.resolve("ländler"))).hasToString("run");
    assertThat(unpacked.resolve("empty")).isEmptyDirectory();
    assertThat(platform.leaks()).isEmpty();
  }

  @Test
  void buildsNodeAppWithScriptsAndConfig() throws Exception {
    config.put("GREETING", "hello\nworld");
    write(
        "package.json",
        """
        {"name": "shop", "engines": {"node": ">=18"},
         "scripts": {"build": "node build.js", "start": "node index.js"}}
        """);
    write(
        "build.js",
        "console.log(JSON.stringify([process.env.GREETING, process.env.STACK, process.env.SOURCE_VERSION,"
            + " Object.keys(process.env).filter(k => /^(PLATFORM_|SLUG_RUNNER_|KUBERNETES_|OLDPWD|JAVA_TOOL)/.test(k))]))\n");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .startsWith("-----> Node.js app detected\n-----> Installing binaries\n")
        .contains("       engines.node (package.json): >=18\n")
        .contains("-----> Installing dependencies\n       package.json asks for none\n")
        .contains(
            "[\"hello\\nworld\",\"platform-1\",\"0123456789012345678901234567890123456789\",[]]")
        .contains("       Default types for Node.js -> web\n")
        .doesNotContain(FakePlatform.TOKEN);
    assertThat(succeeded().processTypes().commands())
        .containsExactly(Map.entry("web", "npm start"));
  }

  @Test
  void hasTheValuesOfAppJsonBeforeTheFirstReleaseIsLive() throws Exception {
    config.put("KEPT", "mine");
    write("package.json", "{\"scripts\": {\"build\": \"echo $GREETING, $KEPT, $SECRET.\"}}");
    write("server.js", "");
    write(
        "app.json",
        """
        {"env": {"GREETING": {"value": "hello"}, "KEPT": "other", "SECRET": {"generator": "secret"}}}
        """);
    platform.firstDeploy();

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .contains("hello, mine, %s.\n".formatted(FakePlatform.SEED.secret("SECRET")));
  }

  @Test
  void hasNoValuesOfAppJsonOnceAReleaseIsLive() throws Exception {
    write("package.json", "{\"scripts\": {\"build\": \"echo GREETING=$GREETING.\"}}");
    write("server.js", "");
    write("app.json", "{\"env\": {\"GREETING\": {\"value\": \"hello\"}}}");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log()).contains("GREETING=.\n");
  }

  @Test
  void buildsStaticSite() throws Exception {
    write("public/index.html", "<h1>hello</h1>");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(succeeded().processTypes().commands())
        .containsExactly(Map.entry("web", "static-server public"));
    assertThat(unpackSlug().resolve(".platform-runtime/lib/static-server")).exists();
  }

  @Test
  void saysWhatItLookedForWhereNothingFits() throws Exception {
    write("README.md", "hello");
    write("app/package.json", "{}");

    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());

    // The platform writes the sentence into its log, from the report.
    assertThat(platform.log()).isEmpty();
    assertThat(failed().message())
        .isEqualTo(
            """
            No buildpack fits this app. Tried:
              Node.js: looks for package.json
              Static site: looks for index.html or public/index.html, without another `web` in a Procfile
              Procfile: looks for Procfile
            at the root of the repository, where there is: README.md, app/.
            Add one of these files and push again. A Procfile with `web: <command>` is enough where nothing has to be installed or compiled.\
            """);
    assertThat(failed().step()).isEqualTo("detect");
  }

  @Test
  void saysWhatMayBeWhyNothingFits() throws Exception {
    write("mix.exs", "");
    write("compose.yaml", "");
    write("procfile", "web: true\n");
    write("package.json", "{}");
    write(".slugignore", "package.json\n");
    write(".gitattributes", "Procfile export-ignore\n");
    Files.createSymbolicLink(app.resolve("index.html"), Path.of("../site/index.html"));

    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());

    assertThat(failed().message())
        .contains(
            """
            at the root of the repository, where there is: .gitattributes, .slugignore, compose.yaml, \
            index.html (a link that leads to no file of the app), mix.exs, procfile.
            The file `procfile` is not read: name it `Procfile`.
            This app is an Elixir app (mix.exs), and this platform has no Elixir buildpack yet.
            The compose.yaml is not used: this platform builds with buildpacks.
            Its .slugignore removed one path before that.
            What its .gitattributes marks export-ignore was left out.
            """);
  }

  @Test
  void saysThatTheLastBuildsCacheCouldNotBeUsed() throws Exception {
    write(
        "package.json",
        "{\"scripts\": {\"build\": \"mkdir -p $npm_config_cache; echo x > $npm_config_cache/kept\"}}");
    write("server.js", "");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.stored("cache")).isPresent();
    assertThat(platform.log()).doesNotContain("cache could not be used");

    platform.clearLog();
    platform.fail("/objects/cache", FakePlatform.Fault.UNAVAILABLE);
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains("       The last build's cache could not be used; this build takes longer.\n");
  }

  @Test
  void tellsWhichPackagesAreMadeForAnotherNode() throws Exception {
    write(
        "lib/package.json",
        "{\"name\": \"lib\", \"version\": \"1.2.3\", \"engines\": {\"node\": \">=99\"}}");
    write(
        "fits/package.json",
        "{\"name\": \"fits\", \"version\": \"1.0.0\", \"engines\": {\"node\": \">=1\"}}");
    write(
        "tool/package.json",
        "{\"name\": \"tool\", \"version\": \"1.0.0\", \"engines\": {\"node\": \">=99\"}}");
    write(
        "package.json",
        "{\"dependencies\": {\"lib\": \"file:lib\", \"fits\": \"file:fits\"},"
            + " \"devDependencies\": {\"tool\": \"file:tool\"}}");
    write("server.js", "");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .contains("and these packages are made for other versions: lib 1.2.3 (>=99). If the app")
        .doesNotContain("EBADENGINE");
  }

  @Test
  void failsWithTheBuildScript() throws Exception {
    write("package.json", "{\"scripts\": {\"build\": \"echo to stderr >&2; exit 3\"}}");

    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());

    assertThat(platform.log())
        .contains("       to stderr\n")
        .doesNotContain("The script `build`", " ! ");
    assertThat(failed().message())
        .isEqualTo(
            "The script `build` of package.json failed; the lines above say why. Try `npm run build` on your machine, fix it,"
                + " and push again.");
    assertThat(failed().exitCode()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    assertThat(platform.stored("slug")).isEmpty();
  }

  @Test
  void keepsLinksThatLeadOut() throws Exception {
    write("Procfile", "web: true\n");
    Files.createSymbolicLink(app.resolve("python"), Path.of("/usr/bin/python3"));
    Files.createSymbolicLink(app.resolve("current"), Path.of("../releases/7"));

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    Path slug = unpackSlug();
    assertThat(Files.readSymbolicLink(slug.resolve("python"))).hasToString("/usr/bin/python3");
    assertThat(Files.readSymbolicLink(slug.resolve("current"))).hasToString("../releases/7");
  }

  @Test
  void readsNoProcfileOutsideTheApp() throws Exception {
    Path outside = temporary.resolve("outside");
    Files.writeString(outside, "web: true\n", StandardCharsets.UTF_8);
    Files.createSymbolicLink(app.resolve("Procfile"), outside);

    assertThat(build()).isEqualTo(SlugExitCode.PROCFILE_INVALID.code());

    assertThat(failed().message()).contains("it is a link, and leads to no file of the app");
  }

  @Test
  void keepsTheBytesOfNamesUpToTheSlug() throws Exception {
    write("Procfile", "web: true\n");
    Path name = Path.of(URI.create(app.toUri() + "caf%E9"));
    Files.writeString(name, "latin", StandardCharsets.UTF_8);
    Files.createSymbolicLink(app.resolve("link"), name.getFileName());

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    Path slug = unpackSlug();
    assertThat(slug.resolve(name.getFileName())).hasContent("latin");
    assertThat(slug.resolve("link")).hasContent("latin");
  }

  @Test
  void refusesASlugThatIsTooLarge() throws Exception {
    write("Procfile", "web: true\n");
    byte[] noise = new byte[300_000];
    new java.util.Random(1).nextBytes(noise);
    Files.write(app.resolve("noise"), noise);
    platform.limits(200_000, 1_000_000);

    assertThat(build()).isEqualTo(SlugExitCode.SLUG_TOO_LARGE.code());
    assertThat(failed().message()).contains("200.0 kB");
  }

  @Test
  void refusesASourceThatIsTooLarge() throws Exception {
    write("Procfile", "web: true\n");
    Files.write(app.resolve("zeros"), new byte[2_000_000]);
    platform.limits(1_000_000, 1_000_000);

    assertThat(build()).isEqualTo(SlugExitCode.SOURCE_TOO_LARGE.code());
  }

  @Test
  void survivesAPlatformThatComesAndGoes() throws Exception {
    write(
        "package.json",
        "{\"scripts\": {\"build\": \"for i in 1 2 3 4 5; do echo line $i; done\"}}");
    write("server.js", "");
    platform.fail("/job", FakePlatform.Fault.UNAVAILABLE);
    platform.fail("/objects/source", FakePlatform.Fault.HEARD_BUT_CUT);
    platform.fail("/log", FakePlatform.Fault.HEARD_BUT_CUT, FakePlatform.Fault.UNAVAILABLE);
    platform.fail(
        "/objects/slug", FakePlatform.Fault.HEARD_BUT_CUT, FakePlatform.Fault.UNAVAILABLE);
    platform.fail("/report", FakePlatform.Fault.HEARD_BUT_CUT, FakePlatform.Fault.UNAVAILABLE);

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log()).containsOnlyOnce("line 1\n").containsOnlyOnce("line 5\n");
    assertThat(platform.log())
        .contains("-----> Compressing\n")
        .endsWith(" B\n       It could not be stored yet, trying again: the connection was cut\n");
    assertThat(platform.reports()).hasSize(2);
  }

  @Test
  void sendsLinesWhileTheyAreWritten() throws Exception {
    write(
        "package.json",
        "{\"scripts\": {\"build\": \"echo first; while [ ! -e go ]; do sleep 0.05; done\"}}");
    write("server.js", "");
    Path work = temporary.resolve("work");
    try (JavaProcess builder = start(work, Map.of())) {
      platform.awaitLog("first");
      Files.createFile(work.resolve("build/go"));
      assertThat(builder.await()).isEqualTo(SlugExitCode.OK.code());
    }
  }

  @Test
  void endsWhateverCompileLeftRunning() throws Exception {
    Path pid = temporary.resolve("pid");
    write(
        "package.json",
        "{\"scripts\": {\"build\": \"(env -i setsid bash -c 'echo $$ > "
            + pid
            + "; exec sleep 300' &) ; while [ ! -s "
            + pid
            + " ]; do sleep 0.02; done\"}}");
    write("server.js", "");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    long left = Long.parseLong(Files.readString(pid, StandardCharsets.UTF_8).strip());
    // Dead it is; that its parent has taken note may take a moment.
    for (ProcessHandle process : ProcessHandle.of(left).stream().toList()) {
      process.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void endsAtTheDeadline() throws Exception {
    write("package.json", "{\"scripts\": {\"build\": \"sleep 300\"}}");
    platform.time(Duration.ofSeconds(3));

    assertThat(build()).isEqualTo(SlugExitCode.DEADLINE.code());
    assertThat(failed().message())
        .contains("took longer than it may")
        .contains("compiling the app");
  }

  @Test
  void endsWhenThePlatformHasEndedTheBuild() throws Exception {
    write("package.json", "{\"scripts\": {\"build\": \"echo hello; sleep 300\"}}");
    platform.fail("/log", FakePlatform.Fault.GONE, FakePlatform.Fault.GONE);

    assertThat(build()).isEqualTo(SlugExitCode.BUILD_ENDED.code());
    assertThat(platform.reports()).isEmpty();
  }

  @Test
  void reportsNothingWhenTerminated() throws Exception {
    write("package.json", "{\"scripts\": {\"build\": \"echo hello; sleep 300\"}}");
    try (JavaProcess builder = start(temporary.resolve("work"), Map.of())) {
      platform.awaitLog("hello");
      builder.terminate();
      assertThat(builder.await()).isEqualTo(SlugExitCode.TERMINATED.code());
    }
    assertThat(platform.reports()).isEmpty();
  }

  @Test
  void buildsAfterAFailedBuildInTheSameDirectory() throws Exception {
    write("package.json", "{\"scripts\": {\"build\": \"touch leak; exit 1\"}}");
    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    write("package.json", "{\"scripts\": {\"build\": \"test ! -e leak\", \"start\": \"node x\"}}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
  }

  @Test
  void leavesTheReportForKubernetes() throws Exception {
    write("README", "");
    Path termination = temporary.resolve("termination-log");
    try (JavaProcess builder =
        start(
            temporary.resolve("work"),
            Map.of("PLATFORM_TERMINATION_LOG", termination.toString()))) {
      assertThat(builder.await()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    }
    assertThat(BuildReport.parse(Files.readAllBytes(termination))).isEqualTo(failed());
  }

  @Test
  void appliesSlugignoreBeforeItLooksForABuildpack() throws Exception {
    write(".slugignore", "package.json\n*.psd\n");
    write("package.json", "{}");
    write("Procfile", "web: true");
    write("deep/design.psd", "large");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(succeeded().buildpack()).isEqualTo("Procfile");
    assertThat(unpackSlug().resolve("deep")).isEmptyDirectory();
  }

  private int build() throws IOException, InterruptedException {
    try (JavaProcess builder = start(temporary.resolve("work"), Map.of())) {
      return builder.await();
    }
  }

  private JavaProcess start(Path work, Map<String, String> more) throws IOException {
    platform.push(app);
    Map<String, String> env = new HashMap<>(more);
    env.putAll(ConfigVars.toEnvironment(config));
    env.put("OLDPWD", "/srv");
    env.put("KUBERNETES_PORT", "tcp://10.96.0.1:443");
    env.put("PLATFORM_URL", platform.url().toString());
    env.put("PLATFORM_BUILD", FakePlatform.BUILD);
    env.put("PLATFORM_TOKEN", FakePlatform.TOKEN);
    env.put("PLATFORM_WORK", work.toString());
    return JavaProcess.start(temporary, BuilderMain.class.getName(), env);
  }

  private void write(String name, String content) throws IOException {
    Path file = app.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private BuildReport.Succeeded succeeded() {
    return (BuildReport.Succeeded) platform.reports().getLast();
  }

  private BuildReport.Failed failed() {
    return (BuildReport.Failed) platform.reports().getLast();
  }

  private Path unpackSlug() throws IOException {
    Path unpacked = Files.createDirectories(temporary.resolve("unpacked"));
    byte[] slug = platform.stored("slug").orElseThrow();
    Manifest manifest = SlugArchive.unpack(new ByteArrayInputStream(slug), unpacked);
    assertThat(manifest.processTypes()).isEqualTo(succeeded().processTypes());
    assertThat(manifest.unpackedBytes()).isEqualTo(succeeded().slugUnpackedBytes());
    return unpacked;
  }
}
