package io.platform.cli;

/** The training run for the AOT cache of the command. */
final class Training {
  private Training() {}

  public static void main(String[] args) {
    PlatformCli.main(args);
  }
}
