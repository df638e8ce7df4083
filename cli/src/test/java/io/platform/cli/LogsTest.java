package io.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class LogsTest {
  private FakePlatform server;
  private User user;

  @BeforeEach
  void start(@TempDir Path home) throws Exception {
    server = new FakePlatform();
    user = new User(home);
    user.login(server);
    server.app("shop");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void printsLinesAsHerokuDoes() {
    server.logLine("app", "web.1", "listening on 5000");
    server.logLine("platform", "", "v3 is live");
    server.logLine("router", "web.1", "at=info method=GET path=\"/\"");

    assertThat(user.platform("logs", "-a", "shop").out())
        .isEqualTo(
            """
            2026-11-27T12:00:00.123 app[web.1]: listening on 5000
            2026-11-27T12:00:00.123 platform: v3 is live
            2026-11-27T12:00:00.123 router[web.1]: at=info method=GET path="/"
            """);
  }

  @Test
  void printsJsonLines() {
    server.logLine("app", "web.1", "one");
    server.appLog.add("{\"position\":\"2\",\"lost\":17}");

    assertThat(user.platform("logs", "-a", "shop", "--json").out())
        .isEqualTo(
            """
            {"position":"1","at":"2026-11-27T12:00:00.123456Z","source":"app","process":"web.1","text":"one"}
            {"position":"2","lost":17}
            """);
    assertThat(user.platform("logs", "-a", "shop").out())
        .endsWith("\n !     17 lines are missing here: newer lines have taken their place\n");
  }

  @Test
  void givesEachProcessAColourOnATerminalOnly() {
    server.logLine("app", "web.1", "one");
    server.logLine("app", "worker.1", "two");
    server.logLine("app", "web.1", "three");
    assertThat(user.platform("logs", "-a", "shop").out()).doesNotContain("\033");

    user.interactive = true;
    assertThat(user.platform("logs", "-a", "shop").out())
        .isEqualTo(
            """
            \033[36m2026-11-27T12:00:00.123 app[web.1]:\033[0m one
            \033[33m2026-11-27T12:00:00.123 app[worker.1]:\033[0m two
            \033[36m2026-11-27T12:00:00.123 app[web.1]:\033[0m three
            """);

    user.environment.put("NO_COLOR", "1");
    assertThat(user.platform("logs", "-a", "shop").out()).doesNotContain("\033");
  }

  @Test
  void letsColoursOfTheAppPassAndNothingElseThatControlsATerminal() {
    server.logLine("app", "web.1", "\033[31mred \033]0;title\007\033[2J\u009b2J\u202e end");
    server.logLine("app", "web.1", "10%\r20%");
    var head = "2026-11-27T12:00:00.123 app[web.1]: ";

    assertThat(user.platform("logs", "-a", "shop").out())
        .isEqualTo(head + "\033[31mred 2J end\033[0m\n" + head + "20%\n");
    assertThat(user.platform("logs", "-a", "shop", "--raw").out())
        .isEqualTo(
            head + "\033[31mred \033]0;title\007\033[2J\u009b2J\u202e end\n" + head + "10%\r20%\n");
    user.interactive = true;
    user.environment.put("NO_COLOR", "1");
    assertThat(user.platform("logs", "-a", "shop").out()).startsWith(head + "red 2J end\n");
  }

  @Test
  void saysThatThereIsNoProcessOfAMistypedName() {
    server.type("worker", 1);
    server.process("worker.1", "up");

    var mistyped = user.platform("logs", "-a", "shop", "--ps", "wroker");
    assertThat(mistyped.code()).isEqualTo(1);
    assertThat(mistyped.err())
        .isEqualTo(
            " !     ada/shop has no process and no process type wroker now. Did you mean \"worker\"?\n");
    assertThat(user.platform("logs", "-a", "shop", "--follow", "--ps", "cron").err())
        .contains("ada/shop has no process and no process type cron now. It has worker.1.");
    assertThat(user.platform("logs", "-a", "shop", "--ps", "worker").code()).isZero();
    assertThat(user.platform("logs", "-a", "shop", "--ps", "run").code()).isZero();

    server.logLine("app", "run.4711", "the line of one that has ended");
    var passed = user.platform("logs", "-a", "shop", "--ps", "run.4711");
    assertThat(passed.code()).isZero();
    assertThat(passed.err()).isEmpty();
  }

  @Test
  void goesOnAfterTheLastLineWhereverAConnectionBreaks() {
    IntStream.rangeClosed(1, 5).forEach(i -> server.logLine("app", "web.1", "line " + i));
    server.breakAfter = 300;

    var ended = user.platform("logs", "--follow", "-a", "shop");

    assertThat(ended.out().lines().map(line -> line.replaceFirst(".*: ", "")))
        .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
    assertThat(ended.err()).contains("Trying again; no line is lost.", "There is no app any more.");
    assertThat(server.requests)
        .anyMatch(it -> it.endsWith("/logs?follow=true"))
        .anyMatch(it -> it.endsWith("/logs?follow=true&after=2"));
  }

  @Test
  void asksForTheLinesThatAreWanted() {
    server.logLine("app", "web.1", "one");
    var ended =
        user.platform(
            "logs",
            "-a",
            "shop",
            "-n",
            "5",
            "--ps",
            "web.1",
            "--since",
            "10m",
            "--source",
            "app,router");

    assertThat(ended.code()).isZero();
    assertThat(server.requests)
        .endsWith(
            "GET /api/v1/apps/ada/shop/logs?process=web.1&source=app%2Crouter&since=10m&tail=5");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    assertThat(user.platform("logs", "-a", "shop", "--since", "yesterday").err())
        .contains("\"yesterday\" is no time.", "10m");
    assertThat(user.platform("logs", "-a", "shop", "--ps", "web.1.2").err())
        .contains("\"web.1.2\" names no process.");
    assertThat(user.platform("logs", "-a", "shop", "--source", "heroku").err())
        .contains("There is no source \"heroku\"; choose one of app, platform, router.");
    assertThat(user.platform("logs", "-a", "shop", "--tail", "-1").code()).isEqualTo(2);
  }
}
