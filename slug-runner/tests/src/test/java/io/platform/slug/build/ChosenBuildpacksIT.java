package io.platform.slug.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.slug.AppJson;
import io.platform.slug.BuildReport;
import io.platform.slug.ConfigVars;
import io.platform.slug.DeclaredVar;
import io.platform.slug.FakePlatform;
import io.platform.slug.JavaProcess;
import io.platform.slug.SlugExitCode;
import io.platform.slug.archive.SlugArchive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Heroku's buildpack API, with buildpacks that an app brings and chooses. */
@Timeout(180)
final class ChosenBuildpacksIT {
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
  void givesABuildpackWhatHerokuGives() throws Exception {
    config.put("GREETING", "hello\nworld");
    write(".buildpacks", "# mine\n./build/pack\n");
    program("build/pack/bin/detect", "echo '  Mine  '; echo from detect >&2; echo more");
    program(
        "build/pack/bin/compile",
        """
        cd "$(dirname "$0")/.." && touch written
        [ "$1" -ef "$OLDPWD" ] && echo "in the app"
        echo "$STACK $REQUEST_ID $SOURCE_VERSION $APP_DIR"
        [ -d "$HOME" ] && [ -d "$2" ] && echo "line" >>"$BUILDPACK_LOG_FILE" && echo "home, cache and log"
        ls "$3"; cat "$3/GREETING"; echo; echo "env: $GREETING."
        env | grep -c '^PLATFORM_'
        mkdir -p "$1/.profile.d"; echo 'export X=1' >"$1/.profile.d/x.sh"
        """);
    program(
        "build/pack/bin/release",
        "echo warned >&2; printf -- '---\\ndefault_process_types:\\n  web: ./serve\\n'");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .startsWith(
            """
            -----> Using the buildpack of the file .buildpacks
                   1. ./build/pack
            from detect
            -----> Mine app detected
            in the app
            platform-1 b1 0123456789012345678901234567890123456789 /app
            home, cache and log
            GREETING
            hello
            world
            env: .
            0
            -----> Discovering process types
            warned
                   Default types for Mine -> web
            """);
    assertThat(succeeded().processTypes().commands()).containsExactly(Map.entry("web", "./serve"));
    assertThat(succeeded().buildpack()).isEqualTo("Mine");
    Path slug = unpackSlug();
    assertThat(slug.resolve(".profile.d/x.sh")).hasContent("export X=1");
    assertThat(slug.resolve("build/pack/bin")).isDirectory();
    assertThat(slug.resolve("build/pack/written")).doesNotExist();
  }

  @Test
  void runsSeveralInOrderWithWhatTheOnesBeforeExport() throws Exception {
    config.put("BUILDPACK_URL", " ");
    write(".buildpacks", "./first\r\nheroku/nodejs\n./last\n");
    program("first/bin/detect", "echo First");
    program(
        "first/bin/compile",
        """
        echo '{"scripts": {"build": "echo built with $TOOL", "start": "node x"}}' >"$1/package.json"
        echo 'echo said by export; export TOOL="a
        tool" PATH="$PATH:/opt/tool"; LOCAL=1; false' >"$(dirname "$0")/../export"
        """);
    program("last/bin/detect", "[ -f \"$1/package.json\" ] && echo Last");
    program(
        "last/bin/compile",
        "echo \"tool: $TOOL, local: $LOCAL.\"; echo \"${PATH##*:}\"; echo $PATH | grep -c node_modules/.bin");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .startsWith(
            """
            -----> Using the buildpacks of the file .buildpacks
                   1. ./first
                   2. nodejs
                   3. ./last
            -----> First app detected
            said by export
            -----> Node.js app detected
            """)
        .contains("       built with a tool\n")
        .contains(
            """
            -----> Last app detected
            tool: a
            tool, local: .
            /opt/tool
            1
            -----> Discovering process types
                   Default types for First, Node.js, Last -> web
            """);
    assertThat(succeeded().processTypes().commands())
        .containsExactly(Map.entry("web", "npm start"));
    assertThat(succeeded().buildpack()).isEqualTo("First, Node.js, Last");
  }

  @Test
  void takesTheProcessTypesOfTheLastBuildpackThatHasAny() throws Exception {
    write("package.json", "{\"scripts\": {\"start\": \"node x\"}}");
    write("public/index.html", "hello");
    write("app.json", "{\"buildpacks\": [{\"url\": \"heroku/nodejs\"}, {\"url\": \"static\"}]}");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .startsWith("-----> Using the buildpacks of `buildpacks` in app.json\n");
    assertThat(succeeded().processTypes().commands())
        .containsExactly(Map.entry("web", "static-server public"));
    Path slug = unpackSlug();
    assertThat(slug.resolve(".profile.d/0-platform-runtime.sh")).exists();
    assertThat(slug.resolve(".profile.d/0-platform-static.sh")).exists();
  }

  @Test
  void letsTheFirstChoiceHold() throws Exception {
    pack("config", "By config");
    pack("listed", "By list");
    pack("manifest", "By manifest");
    write("Procfile", "web: true\n");
    write("app.json", "{\"buildpacks\": [\"./manifest\"]}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(succeeded().buildpack()).isEqualTo("By manifest");

    write(".buildpacks", "./listed\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(succeeded().buildpack()).isEqualTo("By list");

    config.put("BUILDPACK_URL", "./config");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(succeeded().buildpack()).isEqualTo("By config");

    config.put("PLATFORM_BUILDPACK", "procfile");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(succeeded().buildpack()).isEqualTo("Procfile");

    pack("app", "By choice");
    platform.buildpacks("procfile", "./app");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(succeeded().buildpack()).isEqualTo("Procfile, By choice");
    assertThat(platform.log())
        .contains(
            "-----> Using the buildpacks of `platform buildpacks`\n       1. procfile\n       2. ./app\n");
  }

  @Test
  void takesTheAppItselfAsTheBuildpack() throws Exception {
    config.put("BUILDPACK_URL", "https://github.com/heroku/heroku-buildpack-inline.git");
    write("bin/detect", "echo Inline\n");
    write("bin/compile", "touch \"$1/made\"\n");
    write("Procfile", "web: true\n");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(succeeded().buildpack()).isEqualTo("Inline");
    assertThat(unpackSlug().resolve("made")).exists();
  }

  @Test
  void runsTheAppsOwnPrograms() throws Exception {
    config.put("GREETING", "hello");
    config.put("HOME", "/nowhere");
    pack("pack", "Mine");
    program(
        "pack/bin/compile",
        "echo compiled; echo 'export TOOL=hammer' >\"$(dirname \"$0\")/../export\"");
    write(".buildpacks", "./pack\n");
    write("Procfile", "web: true\n");
    write("bin/pre_compile", "echo \"$GREETING in $(basename \"$PWD\"), tool $TOOL\"\n");
    program("bin/post_compile", "[ -d \"$HOME\" ] && echo \"$GREETING with $TOOL\"");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains(
            """
            -----> Mine app detected
            -----> Running bin/pre_compile
                   hello in build, tool
            compiled
            -----> Running bin/post_compile
                   hello with hammer
            -----> Discovering process types
            """);

    program("pack/bin/compile", "echo I run post_compile myself");
    write("bin/pre_compile", "echo no; exit 3\n");
    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    assertThat(failed().message())
        .isEqualTo(
            "The app's bin/pre_compile exited with code 3. The lines above say why; fix it and push again.");

    Files.delete(app.resolve("bin/pre_compile"));
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log()).contains("I run post_compile myself\n").doesNotContain("hello with");
  }

  @Test
  void setsDefaultConfigVarsWithTheFirstDeploy() throws Exception {
    config.put("KEPT", "mine");
    pack("pack", "Mine");
    program(
        "pack/bin/release",
        "printf 'config_vars:\\n  KEPT: theirs\\n  LANG: en_US.UTF-8\\n  PORT: 1\\n  SHOP: theirs\\naddons: [x]\\n'");
    write(".buildpacks", "./pack\n");
    write("Procfile", "web: true\n");
    write("app.json", "{\"env\": {\"SHOP\": \"mine\"}}");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(succeeded().appJson().env()).containsOnlyKeys("SHOP");

    platform.firstDeploy();
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    AppJson declared = succeeded().appJson();
    assertThat(declared.env())
        .containsExactly(
            Map.entry("LANG", new DeclaredVar.Value("en_US.UTF-8")),
            Map.entry("SHOP", new DeclaredVar.Value("mine")));
    assertThat(platform.log())
        .contains("       Default config vars -> LANG\n")
        .contains(
            "Warning: A buildpack has a default for the config var PORT, which cannot be set.");
  }

  @Test
  void saysWhyAChosenBuildpackCannotBeUsed() throws Exception {
    write("Procfile", "web: true\n");
    Files.createSymbolicLink(app.resolve("out"), Path.of("/usr"));
    write("half/bin/detect", "");
    Map<String, String> problems =
        Map.of(
            "./missing", "The buildpack ./missing cannot be used: the app has no such directory.",
            "./out", "The buildpack ./out cannot be used: the app has no such directory.",
            "./half", "The buildpack ./half cannot be used: it has no bin/compile.");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      write(".buildpacks", problem.getKey());
      assertThat(build()).isEqualTo(SlugExitCode.BUILDPACK_UNUSABLE.code());
      assertThat(failed().message()).startsWith(problem.getValue());
      assertThat(failed().step()).isEqualTo("detect");
    }

    pack("pack", "Mine");
    write(".buildpacks", "./pack");
    program("pack/bin/detect", "echo no Gemfile >&2; exit 1");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(platform.log()).contains("no Gemfile\n");
    assertThat(failed().message())
        .isEqualTo(
            "The file .buildpacks chooses the buildpack ./pack, whose bin/detect exited with code 1: it does not fit this"
                + " app. Lines above may say why. Fix that, or change that file, and push again.");

    pack("pack", "Mine");
    program("pack/bin/release", "echo nonsense");
    assertThat(build()).isEqualTo(SlugExitCode.BUILDPACK_UNUSABLE.code());
    assertThat(failed().message())
        .startsWith(
            "The buildpack Mine cannot be used: its bin/release does not print YAML as expected, line 1: this is not");
    assertThat(failed().step()).isEqualTo("compile");

    program("pack/bin/compile", "echo exit 1 >\"$(dirname \"$0\")/../export\"");
    assertThat(build()).isEqualTo(SlugExitCode.BUILDPACK_UNUSABLE.code());
    assertThat(failed().message()).contains("its file export cannot be sourced");

    write("pack/bin/compile", "#!/no/such/interpreter\n");
    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    assertThat(platform.log())
        .containsPattern("pack/bin/compile: .*(bad interpreter|cannot execute)");

    platform.buildpacks("nodejs");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(failed().message())
        .startsWith(
            "`platform buildpacks` chooses the buildpack Node.js, which does not fit this app")
        .contains("or remove it with   platform buildpacks clear   and push again.");

    platform.buildpacks();
    write(".buildpacks", "static\n");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(failed().message())
        .startsWith("The file .buildpacks chooses the buildpack Static site, which does not fit");
  }

  private void pack(String directory, String name) throws IOException {
    program(directory + "/bin/detect", "echo " + name);
    program(directory + "/bin/compile", "true");
  }

  private void program(String name, String script) throws IOException {
    write(name, "#!/usr/bin/env bash\n" + script);
    Files.setPosixFilePermissions(app.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, String content) throws IOException {
    Path file = app.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private int build() throws IOException, InterruptedException {
    platform.clearLog();
    platform.push(app);
    Map<String, String> env = new HashMap<>(ConfigVars.toEnvironment(config));
    env.put("PLATFORM_URL", platform.url().toString());
    env.put("PLATFORM_BUILD", FakePlatform.BUILD);
    env.put("PLATFORM_TOKEN", FakePlatform.TOKEN);
    env.put("PLATFORM_WORK", temporary.resolve("work").toString());
    try (JavaProcess builder = JavaProcess.start(temporary, BuilderMain.class.getName(), env)) {
      return builder.await();
    }
  }

  private BuildReport.Succeeded succeeded() {
    return (BuildReport.Succeeded) platform.reports().getLast();
  }

  private BuildReport.Failed failed() {
    return (BuildReport.Failed) platform.reports().getLast();
  }

  private Path unpackSlug() throws IOException {
    Path unpacked = Files.createTempDirectory(temporary, "unpacked");
    SlugArchive.unpack(new ByteArrayInputStream(platform.stored("slug").orElseThrow()), unpacked);
    return unpacked;
  }
}
