package io.platform.cli;

/** The platform command. */
public final class PlatformCli {
  private PlatformCli() {}

  public static void main(String[] args) {
    System.exit(new picocli.CommandLine(new Hello()).execute(args));
  }

  @picocli.CommandLine.Command(name = "platform")
  static final class Hello implements Runnable {
    @Override
    public void run() {
      System.out.println("hello");
    }
  }
}
