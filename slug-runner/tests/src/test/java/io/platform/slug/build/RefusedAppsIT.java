package io.platform.slug.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.platform.slug.BuildReport;
import io.platform.slug.ConfigVars;
import io.platform.slug.FakePlatform;
import io.platform.slug.JavaProcess;
import io.platform.slug.SlugExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The messages of the builder for apps that it refuses before the build. */
@Timeout(180)
final class RefusedAppsIT {
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
  void refusesALanguageWhoseDependenciesWouldNotBeInstalled() throws Exception {
    write("requirements.txt", "# web\nflask==3.0\n");
    write("Procfile", "web: gunicorn app:app\n");

    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());

    assertThat(failed().message())
        .isEqualTo(
            "This app is a Python app (requirements.txt), and this platform has no Python buildpack yet, so its dependencies"
                + " would not be installed. Nothing was built.\n"
                + "If the app runs without that, say so with   platform config set PLATFORM_BUILDPACK=procfile   and push"
                + " again.");
  }

  @Test
  void takesWhatRunsWithoutInstallation() throws Exception {
    write("requirements.txt", "# nothing yet\n\n");
    write("Procfile", "web: python3 app.py\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    write("go.mod", "module shop\n");
    write("Procfile", "web: ./bin/shop --port=$PORT\n");
    write("bin/shop", "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        app.resolve("bin/shop"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
  }

  @Test
  void takesAnAppWhoseOwnerSaysThatItRuns() throws Exception {
    write("requirements.txt", "flask\n");
    write("Procfile", "web: python3 app.py\n");
    config.put("PLATFORM_BUILDPACK", "procfile");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
  }

  @Test
  void refusesWhatNobodyCompiles() throws Exception {
    Map<String, String> commands =
        Map.of(
            "go.mod", "shop",
            "web.go", "web",
            "pom.xml", "java -cp target/classes:target/dependency/* Main",
            "Cargo.toml", "./target/release/shop",
            "mix.exs", "mix phx.server",
            "shop.csproj", "dotnet out/shop.dll");
    for (Map.Entry<String, String> command : commands.entrySet()) {
      app = Files.createDirectory(temporary.resolve(command.getKey() + "-app"));
      write(command.getKey(), "");
      write("Procfile", "web: " + command.getValue() + "\n");

      assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
      assertThat(failed().message())
          .contains("(" + command.getKey() + ")")
          .contains("so nothing would compile it. Nothing was built.");
    }
  }

  @Test
  void tellsWhichProgramsTheStackDoesNotHave() throws Exception {
    write(
        "Procfile",
        "web: ADDRESS=1 frobnicate --now\nclock: cd / && sleep 1\nold: old app.py\nown: run\nrun: gunicorn app:app\n");
    write("run", "#!/bin/sh\n");
    program("old3");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains(
            "       Warning: `web` starts `frobnicate`, which neither the stack nor the app's dependencies have. Check its name,")
        .contains(
            "Warning: `old` starts `old`, which the stack does not have. The stack has `old3`: use that in the Procfile.\n")
        .contains(
            "Warning: `own` starts `run`, which is not on the PATH. To start the app's file of that name, write `./run`.\n")
        .contains("This platform has no Python buildpack yet that would install it.\n")
        .doesNotContain("`clock` starts");
  }

  @Test
  void tellsWhichProgramsANodeAppDoesNotHave() throws Exception {
    write(
        "package.json",
        "{\"scripts\": {\"build\": \"install -D -m 755 /bin/true node_modules/.bin/built\"}, \"devDependencies\": {}}");
    write("Procfile", "web: frobnicate\nbuilt: built now\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains("Warning: `web` starts `frobnicate`, which neither the stack nor")
        .contains(
            "move that package to dependencies: devDependencies are removed after the build.\n")
        .doesNotContain("Warning: `built`");

    Files.delete(app.resolve("package.json"));
    write("index.html", "hello");
    write("Procfile", "web: static-server public\nother: frobnicate\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains("Warning: `web` starts `static-server public`, but the app has no `public`.")
        .contains("Warning: `other` starts `frobnicate`")
        .doesNotContain("starts `static-server`");
  }

  @Test
  void tellsWhichFileAProgramIsToRunAndTheAppLacks() throws Exception {
    for (String program : List.of("node", "java", "python3", "ruby")) {
      program(program);
    }
    write("app.js", "");
    write("web/Server.py", "");
    write(
        "Procfile",
        """
        web: PORT=1 exec node --max-old-space-size=300 missing.js --port=$PORT
        jar: java $JAVA_OPTS -Xmx300m -jar target/shop.jar
        case: python3 -u web/server.py && true
        shell: bash ./start.sh
        good: node app
        there: node app.js
        unsure: node -r ./missing missing.js
        quoted: node '$X/missing.js'
        module: python3 -m http.server
        elsewhere: ruby /srv/missing.rb
        """);

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .contains(
            "       Warning: `web` starts `node missing.js`, but the app has no `missing.js`. Check the name, and that the file is"
                + " committed or that the build makes it.\n")
        .contains("`jar` starts `java -jar target/shop.jar`, but the app has no `target/shop.jar`.")
        .contains(
            "`case` starts `python3 web/server.py`, but the app has no `web/server.py`. The app has `web/Server.py`: upper and"
                + " lower case matter.\n")
        .contains("`shell` starts `bash ./start.sh`, but the app has no `start.sh`.");
    assertThat(platform.log().split("Warning: ", -1)).hasSize(5);

    write(".profile", "cd web\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log()).doesNotContain("Warning: ");
  }

  @Test
  void tellsWhatAScriptOfPackageJsonLacks() throws Exception {
    write("package.json", "{\"scripts\": {\"start\": \"node missing.js\"}}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains(
            "Warning: `web` runs the script `start` of package.json, and that starts `node missing.js`, but the app has no"
                + " `missing.js`.");

    write("Procfile", "web: npm run serve\nsrv: npm --prefix srv run x\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains("Warning: `web` runs the script `serve`, which package.json does not have.")
        .doesNotContain("Warning: `srv`");

    write("package.json", "{\"scripts\": {\"preserve\": \"tsc\", \"serve\": \"node missing.js\"}}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log()).doesNotContain("Warning: ");
  }

  @Test
  void tellsBeforeTheInstallationWhichFileToStartIsMissing() throws Exception {
    write("tool/package.json", "{\"name\": \"tool\", \"version\": \"1.0.0\"}");
    write(
        "package.json",
        "{\"scripts\": {\"start\": \"node missing.js\"}, \"dependencies\": {\"tool\": \"file:tool\"}}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .containsOnlyOnce("Warning: ")
        .containsSubsequence("but the app has no `missing.js`", "Installing dependencies");

    write("Procfile", "web: node node_modules/tool/cli.js\nworker: ./work.sh\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .containsSubsequence(
            "Warning: `worker` starts `./work.sh`, which the app does not have.",
            "Installing dependencies",
            "Warning: `web` starts `node node_modules/tool/cli.js`");

    Files.delete(app.resolve("Procfile"));
    write(
        "package.json",
        "{\"scripts\": {\"start\": \"node made.js\", \"build\": \"touch made.js\"}}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log()).doesNotContain("Warning: ");
  }

  @Test
  void advisesForProgramsThatANodeAppLacks() throws Exception {
    write("package.json", "{\"scripts\": {\"start\": \"serve-it\"}}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains(
            "starts `serve-it`, which neither the stack nor the app's dependencies have. Add the package that brings it to"
                + " dependencies in package.json.\n");

    for (String tool : List.of("yarn", "pnpm", "bun", "deno")) {
      write("package.json", "{\"scripts\": {\"start\": \"%s index.ts\"}}".formatted(tool));
      assertThat(build()).isEqualTo(SlugExitCode.OK.code());
      assertThat(platform.log())
          .contains(
              "starts `%s`, which neither the stack nor the app's dependencies have. The stack has node and npm: use these.\n"
                  .formatted(tool));
    }
  }

  @Test
  void saysWhatANodeAppHasThatIsNotUsed() throws Exception {
    write("package.json", "{\"scripts\": {\"start\": \"node x\"}}");
    write("Gemfile", "gem 'fastlane'\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains("       Gemfile is not used: this platform has no Ruby buildpack yet.\n");

    write("Procfile", "web: bundle exec rails server\n");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(failed().message()).startsWith("This app is a Ruby app (Gemfile)");
  }

  @Test
  void refusesTheBuildpacksOfOthers() throws Exception {
    write("Procfile", "web: ./run\n");
    config.put("BUILDPACK_URL", "https://github.com/heroku/heroku-buildpack-elm");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(failed().message())
        .startsWith(
            "The config var BUILDPACK_URL asks for the buildpack https://github.com/heroku/heroku-buildpack-elm, and this"
                + " platform runs only its own (nodejs, static, procfile) and those that are a directory of the app, such as"
                + " `./buildpack`. Nothing was built. Use one of these, or remove it with   platform config unset BUILDPACK_URL  "
                + " and push again.");

    config.clear();
    write(".buildpacks", "https://github.com/heroku/heroku-buildpack-nodejs.git\n");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(failed().message())
        .isEqualTo(
            "The file .buildpacks chooses the buildpack Node.js, which does not fit this app: it looks for package.json at the"
                + " root of the repository. Add that, or change that file, and push again.");

    write(
        ".buildpacks",
        "https://example.com/apt\nhttps://github.com/heroku/heroku-buildpack-nodejs\nhttps://example.com/ffmpeg\n");
    write("package.json", "{}");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(failed().message())
        .startsWith(
            "The file .buildpacks asks for the buildpacks https://example.com/apt and https://example.com/ffmpeg, and this"
                + " platform runs only its own (nodejs, static, procfile) and")
        .endsWith("Use one of these, or change that file, and push again.");

    write(".buildpacks", "https://github.com/heroku/heroku-buildpack-nodejs.git\n");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    config.put("PLATFORM_BUILDPACK", "perl");
    assertThat(build()).isEqualTo(SlugExitCode.NO_BUILDPACK.code());
    assertThat(failed().message())
        .contains(
            "is `perl`, which is no buildpack of this platform. It has: nodejs, static, procfile.");
  }

  @Test
  void refusesToLoseTheWebProcessBeforeItCompiles() throws Exception {
    platform.keepWeb();
    write("package.json", "{\"scripts\": {\"build\": \"echo compiled\"}}");
    write("Procfile", "Web: node index.js\nworker: node worker.js\n");

    assertThat(build()).isEqualTo(SlugExitCode.WEB_LOST.code());

    assertThat(platform.log())
        .contains("       Warning: Procfile line 1: `Web` is not `web`")
        .contains("Did you mean web?")
        .doesNotContain("compiled");
    assertThat(failed().message())
        .startsWith("This release would have no `web` process, and the live one has one")
        .contains("git push -o no-web");
  }

  @Test
  void refusesToLoseTheWebProcessToWhatTheBuildMakes() throws Exception {
    platform.keepWeb();
    write(
        "package.json",
        "{\"scripts\": {\"start\": \"node x\", \"build\": \"echo 'worker: node x' > Procfile\"}}");

    assertThat(build()).isEqualTo(SlugExitCode.WEB_LOST.code());
  }

  @Test
  void tellsWhichFilesCannotBeStarted() throws Exception {
    write(
        "Procfile",
        "web: ./bin/missing\r\na: bin/plain --x\r\nb: ./crlf\nc: exec ./perl6\nd: ./env\ne: ./good\nf: ./made/$X\n");
    write("bin/plain", "#!/bin/sh\n");
    for (Map.Entry<String, String> script :
        Map.of(
                "crlf", "#!/bin/sh\r\n",
                "perl6", "#!/opt/no/perl6\n",
                "env", "#!/usr/bin/env no-such-program\n",
                "good", "#!/usr/bin/env bash\n")
            .entrySet()) {
      write(script.getKey(), script.getValue());
      Files.setPosixFilePermissions(
          app.resolve(script.getKey()), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .contains(
            "       Warning: `web` starts `./bin/missing`, which the app does not have. Check")
        .contains("Warning: `a` starts `bin/plain`, which is not executable.")
        .contains("git update-index --chmod=+x bin/plain ")
        .contains("Warning: `b` starts `./crlf`, whose first line ends with a carriage return")
        .contains("`c` starts `./perl6`, which needs `/opt/no/perl6`, and the stack does not")
        .contains("`d` starts `./env`, which needs `no-such-program`, and the stack does not")
        .doesNotContain("Warning: `e`", "Warning: `f`");
  }

  @Test
  void takesAnAppWithoutAWebProcess() throws Exception {
    write("Procfile", "worker: ./work\nrelease: ./migrate\nworker: ./work2\n");

    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    assertThat(platform.log())
        .containsOnlyOnce("       Warning: Procfile names `worker` more than once; line 3 holds.\n")
        .contains(
            """
                   There is no web process, so nothing answers at the app's URL.
            """);
  }

  @Test
  void namesTheLineOfAProcfileThatIsTooLong() throws Exception {
    write("Procfile", "web: ./run\nworker: " + "x".repeat(3000) + "\n");

    assertThat(build()).isEqualTo(SlugExitCode.PROCFILE_INVALID.code());

    assertThat(failed().message())
        .startsWith("The Procfile cannot be used: line 2 is 3008 bytes long; the most is 2500.");
  }

  @Test
  void refusesWhatABuildpackWouldOverwrite() throws Exception {
    write("index.html", "hello");
    write(".static", "");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    write(".platform-runtime", "");
    assertThat(build()).isEqualTo(SlugExitCode.RESERVED_PATH.code());
    assertThat(failed().message()).contains("`.platform-runtime`");

    Files.delete(app.resolve(".platform-runtime"));
    write(".profile.d", "");
    assertThat(build()).isEqualTo(SlugExitCode.RESERVED_PATH.code());
  }

  @Test
  void tellsBeforeTheInstallationThatNothingStartsANodeApp() throws Exception {
    write("package.json", "{\"dependencies\": {\"there-is-no-such-package-here\": \"1.0.0\"}}");

    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());

    assertThat(failed().message())
        .isEqualTo(
            "Nothing says how to start this app: package.json has no `start` script, and there is neither a server.js nor a"
                + " Procfile. Add one of them and push again.");
    assertThat(platform.log()).isEqualTo("-----> Node.js app detected\n");
  }

  @Test
  void refusesAStartProgramOfDevDependenciesBeforeTheInstallation() throws Exception {
    write(
        "package.json",
        "{\"scripts\": {\"start\": \"serve-it --now\"}, \"devDependencies\": {\"@it/serve\": \"1.0.0\"}}");
    write(
        "package-lock.json",
        "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/@it/serve\":"
            + " {\"version\": \"1.0.0\", \"dev\": true, \"bin\": {\"serve-it\": \"cli.js\"}}}}");

    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());

    assertThat(failed().message())
        .isEqualTo(
            "The script `start` of package.json starts `serve-it` of the package @it/serve, which is installed for"
                + " devDependencies only, and these are removed after the build. Move @it/serve to dependencies and push"
                + " again, or keep devDependencies with\n"
                + "  platform config set NPM_CONFIG_PRODUCTION=false");
    assertThat(platform.log()).isEqualTo("-----> Node.js app detected\n");
  }

  @Test
  void refusesAStartProgramOfDevDependenciesBeforeTheInstallationWithoutALockFile()
      throws Exception {
    write(
        "tool/package.json", "{\"name\": \"tool\", \"version\": \"1.0.0\", \"bin\": \"tool.js\"}");
    write("tool/tool.js", "#!/usr/bin/env node\n");
    write(
        "package.json",
        "{\"scripts\": {\"start\": \"tool serve\", \"preinstall\": \"echo it is installed\"},"
            + " \"devDependencies\": {\"tool\": \"file:tool\"}}");

    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());

    assertThat(failed().message())
        .startsWith("The script `start` of package.json starts `tool` of the package tool,");
    assertThat(platform.log()).doesNotContain("it is installed").doesNotContain("added 1 package");
  }

  @Test
  void refusesAStartProgramOfDevDependenciesBeforeTheBuildScript() throws Exception {
    write(
        "tool/package.json", "{\"name\": \"tool\", \"version\": \"1.0.0\", \"bin\": \"tool.js\"}");
    write("tool/tool.js", "#!/usr/bin/env node\n");
    write(
        "package.json",
        "{\"scripts\": {\"build\": \"true\"}, \"devDependencies\": {\"tool\": \"file:tool\"}}");
    write("Procfile", "web: PORT=$PORT tool serve\n");

    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    assertThat(failed().message())
        .startsWith("The process `web` of the Procfile starts `tool` of the package tool,");
    assertThat(platform.log()).doesNotContain("npm run build");

    config.put("NPM_CONFIG_PRODUCTION", "false");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());

    config.clear();
    write(
        "package.json",
        "{\"dependencies\": {\"tool\": \"file:tool\"}, \"devDependencies\": {\"other\": \"file:other\"}}");
    write("other/package.json", "{\"name\": \"other\", \"version\": \"1.0.0\"}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
  }

  @Test
  void refusesVersionsOtherThanThoseThatWereTested() throws Exception {
    Map<String, String> problems =
        Map.of(
            "{\"dependencies\": {\"a\": \"workspace:*\"}}", "a is wanted as \"workspace:*\"",
            "{\"engines\": \"node 18\"}", "`engines` is not an object",
            "{\n \"name\": \"x\",}", "in line 2, column 14. Fix it",
            "{\"engines\": {\"node\": 18}}", "engines.node is not a string",
            "{\"engines\": {\"node\": \"latest one\"}}", "is not a range of versions");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      write("package.json", problem.getKey());
      assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
      assertThat(failed().message()).contains(problem.getValue());
    }
    write("package.json", "{\"dependencies\": {\"a\": \"1\"}}");
    write("yarn.lock", "");
    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    assertThat(failed().message())
        .startsWith("The dependencies are locked in yarn.lock, and this platform has no Yarn yet");

    write("package-lock.json", "{}");
    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    assertThat(failed().message())
        .contains("Two different lock files were found, package-lock.json and yarn.lock");
  }

  @Test
  void refusesALockFileThatDoesNotAgreeBeforeTheInstallation() throws Exception {
    String lock =
        "{\"lockfileVersion\": 3, \"packages\": {\"node_modules/tool\": {\"version\": \"1.5.0\"}}}";
    write("package-lock.json", lock);
    write("server.js", "");
    Map<String, String> problems =
        Map.of(
            "{\"dependencies\": {\"tool\": \"^2.0.0\"}}",
            "it has tool 1.5.0, and package.json asks for ^2.0.0",
            "{\"dependencies\": {\"tool\": \"1.x\"}, \"devDependencies\": {\"other\": \"1.0.0\"}}",
            "it has no other, which package.json lists");
    for (Map.Entry<String, String> problem : problems.entrySet()) {
      write("package.json", problem.getKey());
      assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
      assertThat(failed().message())
          .isEqualTo(
              "package-lock.json does not agree with package.json: %s. Run `npm install`, commit package-lock.json, and push again."
                  .formatted(problem.getValue()));
      assertThat(platform.log()).isEqualTo("-----> Node.js app detected\n");
    }

    write("package-lock.json", "{\n \"lockfileVersion\": 3,}");
    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());
    assertThat(failed().message())
        .startsWith("package-lock.json cannot be used: ")
        .endsWith(
            " in line 2, column 23. Run `npm install`, commit package-lock.json, and push again.");
  }

  @Test
  void saysThatNpmIsUsedInPlaceOfAnotherPackageManager() throws Exception {
    write(
        "package.json", "{\"scripts\": {\"start\": \"true\"}, \"packageManager\": \"pnpm@9.1.0\"}");
    assertThat(build()).isEqualTo(SlugExitCode.OK.code());
    assertThat(platform.log())
        .contains("       packageManager (package.json): pnpm@9.1.0; npm is used\n");
  }

  @Test
  void leavesTheOptionsOfNpmOutOfTheLog() throws Exception {
    write("tool/package.json", "{\"name\": \"tool\", \"version\": \"1.0.0\"}");
    write("package-lock.json", "{\"lockfileVersion\": 3, \"packages\": {\"\": {}}}");
    write("server.js", "");
    write(
        "package.json",
        "{\"scripts\": {\"heroku-prebuild\": \"true\"}, \"dependencies\": {\"tool\": \"file:tool\"}}");

    assertThat(build()).isEqualTo(SlugExitCode.COMPILE_FAILED.code());

    assertThat(failed().message())
        .startsWith("package-lock.json does not agree with package.json. Run `npm install`");
    assertThat(platform.log())
        .contains("Missing: tool@")
        .doesNotContain("--install-strategy")
        .doesNotContain("A complete log of this run");
  }

  /** Puts a program on the stack's PATH. */
  private void program(String name) throws IOException {
    Path file = Files.createDirectories(temporary.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n", StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int build() throws IOException, InterruptedException {
    platform.clearLog();
    platform.push(app);
    Map<String, String> env = new HashMap<>(ConfigVars.toEnvironment(config));
    env.put("PATH", System.getenv("PATH") + ":" + temporary.resolve("bin"));
    env.put("PLATFORM_URL", platform.url().toString());
    env.put("PLATFORM_BUILD", FakePlatform.BUILD);
    env.put("PLATFORM_TOKEN", FakePlatform.TOKEN);
    env.put("PLATFORM_WORK", temporary.resolve("work").toString());
    try (JavaProcess builder = JavaProcess.start(temporary, BuilderMain.class.getName(), env)) {
      return builder.await();
    }
  }

  private void write(String name, String content) throws IOException {
    Path file = app.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content, StandardCharsets.UTF_8);
  }

  private BuildReport.Failed failed() {
    return (BuildReport.Failed) platform.reports().getLast();
  }
}
