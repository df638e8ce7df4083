package io.platform.git.push.refusal;

import io.platform.buildlog.Quantities;
import io.platform.git.push.refusal.PushRefusal.ServerRefusal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Why a push that is in order is not taken now. */
final class ServerRefusalMessages {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ServerRefusalMessages() {}

  static List<String> lines(ServerRefusal refusal) {
    return switch (refusal) {
      case ServerRefusal.Busy() ->
          List.of(
              "The platform is busy with other pushes. Nothing was stored.",
              "Push again in half a minute.");
      case ServerRefusal.TooManyUploads(int most) ->
          List.of(
              "You upload to as many apps at the same time as one user may (%d). Nothing was stored."
                  .formatted(most),
              "Push again when one of these uploads has ended.");
      case ServerRefusal.BuildRuns(var running, var since) ->
          List.of(
              "Build %s of this app is not finished; it began at %s, %s ago."
                  .formatted(
                      running.id(), TIME.format(running.createdAt()), Quantities.time(since)),
              "Wait for it and push again; follow it with   platform builds log latest --follow",
              "or end it with   platform builds cancel");
      case ServerRefusal.StoreFull() ->
          List.of(
              "The source could not be stored: the platform's object store is full.",
              contactFor("for more space"));
      case ServerRefusal.NotStored(String reference) ->
          List.of(
              "The source could not be stored: the platform's object store did not take it.",
              contactWith(reference));
      case ServerRefusal.DiskFull() ->
          List.of(
              "The push failed because the server's disk is full.", contactFor("for more space"));
      case ServerRefusal.DiskNotWritable() ->
          List.of(
              "The push failed because the server's disk fails or is read-only.",
              contactFor("to make it writable"));
      case ServerRefusal.Failed(String reference) ->
          List.of(
              "The push failed because of an error of the platform, not of yours.",
              contactWith(reference));
      case ServerRefusal.Stopping() ->
          List.of(
              "The platform is being stopped, and the push was not accepted yet.",
              "Nothing was deployed. Push again when the platform is back.");
    };
  }

  private static String contactFor(String what) {
    return "Nothing was deployed. The current release keeps running. Contact your administrator %s, then push again."
        .formatted(what);
  }

  private static String contactWith(String reference) {
    return "Nothing was deployed. Push again; if this keeps failing, contact your administrator with this reference: %s"
        .formatted(reference);
  }
}
