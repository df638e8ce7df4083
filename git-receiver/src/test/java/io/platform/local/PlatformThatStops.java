package io.platform.local;

import io.platform.domain.BuildEnd;
import io.platform.domain.port.Builds;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A platform that stands still right after one of the writes and says so on its output, so that a
 * test can kill it there: {@code java … PlatformThatStops WRITE --port …}.
 */
final class PlatformThatStops implements PortDecorator {
  static final String STANDS = "stands still after ";

  private final Write write;

  private PlatformThatStops(Write write) {
    this.write = write;
  }

  public static void main(String[] arguments) throws InterruptedException {
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    System.exit(PlatformMain.run(rest, new PlatformThatStops(Write.valueOf(arguments[0]))));
  }

  private void after(Write done) {
    if (done == write) {
      System.out.println(STANDS + done);
      System.out.flush();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public Stores stores(Stores stores) {
    Builds builds =
        around(
            Builds.class,
            stores.builds(),
            (method, arguments) -> {
              if (method.equals("accept")) {
                after(Write.SOURCE_STORED);
              } else if (method.equals("end") && arguments[1] instanceof BuildEnd.Succeeded) {
                after(Write.SLUG_STORED);
              }
            },
            (method, arguments) -> {
              switch (method) {
                case "open" -> after(Write.OPENED);
                case "accept" -> after(Write.ACCEPTED);
                case "running" -> after(Write.LAUNCHED);
                case "end" -> after(Write.RELEASED);
                case "settle" -> after(Write.SETTLED);
                default -> {}
              }
            });
    Releases releases =
        around(
            Releases.class,
            stores.releases(),
            (method, arguments) -> {},
            (method, arguments) -> {
              if (method.equals("rolledOut")) {
                after(Write.ROLLED_OUT);
              }
            });
    return new Stores(stores.apps(), builds, releases, stores.log(), stores.signals());
  }

  @Override
  public Repositories repositories(Repositories repositories) {
    return around(
        Repositories.class,
        repositories,
        (method, arguments) -> {},
        (method, arguments) -> {
          switch (method) {
            case "pin" -> after(Write.PINNED);
            case "move" -> after(Write.REF_MOVED);
            default -> {}
          }
        });
  }

  private interface Call {
    void made(String method, Object[] arguments);
  }

  private static <T> T around(Class<T> type, T inner, Call before, Call after) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              before.made(method.getName(), given);
              @Nullable Object result = call(method, inner, given);
              after.made(method.getName(), given);
              return result;
            });
    return type.cast(proxy);
  }

  private static @Nullable Object call(Method method, Object inner, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
