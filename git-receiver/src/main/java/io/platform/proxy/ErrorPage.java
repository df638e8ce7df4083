package io.platform.proxy;

/** The proxy's own pages for visitors. Nothing here tells how an app is made or where it runs. */
enum ErrorPage {
  FOREIGN(
      421,
      "This is not the platform's address",
      "The request is for a host name that belongs neither to the platform nor to an app.",
      "Use the platform's own URL. If this name is right, contact your administrator to add it with `PLATFORM_HOST_ALIASES`."),
  NO_APP(
      404,
      "There is no app here",
      "No app answers at this address.",
      "Check the spelling of the address. If the app is yours, `platform apps` lists what you have."),
  EMPTY(
      503,
      "Nothing is deployed here yet",
      "The app exists and waits for its first deploy.",
      "If the app is yours: `git push platform main`."),
  NO_WEB(
      503,
      "The app has no web process",
      "The app is deployed, but no process of it answers HTTP.",
      "If the app is yours and should answer, add `web: <command>` to its Procfile and push again."),
  MAINTENANCE(
      503,
      "The app is in maintenance",
      "The app is being worked on and will be back soon.",
      "Try again later. If the app is yours: `platform maintenance off`."),
  DOWN(
      503,
      "The app is not running",
      "The app exists and does not run at the moment.",
      "Try again in a minute. If the app is yours: `platform ps` shows what of it should run, `platform events` what happened."),
  NOT_ANSWERING(
      503,
      "The app is not answering",
      "The app takes no connections at the moment.",
      "Try again in a minute. If the app is yours, `platform info` shows its state."),
  BAD_GATEWAY(
      502,
      "The app broke off",
      "The app ended the connection without a complete answer.",
      "Try again. If the app is yours, look whether it crashed while it answered."),
  TIMEOUT(
      504,
      "The app took too long",
      "The app did not begin to answer in time.",
      "Try again. If the app is yours, begin the answer sooner and do long work in the background."),
  REQUEST_TIMEOUT(
      408,
      "The request stopped",
      "The rest of the request did not arrive in time.",
      "Send it again."),
  NO_TUNNEL(
      405,
      "CONNECT is not served here",
      "This server is not a forward proxy.",
      "Send the request to the app itself."),
  BAD_TARGET(
      400,
      "The address is malformed",
      "The path holds characters or segments that are not accepted here.",
      "Check how the address is encoded.");

  private final int status;
  private final String title;
  private final String text;
  private final String hint;

  ErrorPage(int status, String title, String text, String hint) {
    this.status = status;
    this.title = title;
    this.text = text;
    this.hint = hint;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  String text() {
    return text;
  }

  String hint() {
    return hint;
  }

  static ErrorPage of(HostState state) {
    return switch (state) {
      case FOREIGN -> FOREIGN;
      case NO_APP -> NO_APP;
      case EMPTY -> EMPTY;
      case NO_WEB -> NO_WEB;
      case MAINTENANCE -> MAINTENANCE;
      case DOWN -> DOWN;
    };
  }
}
