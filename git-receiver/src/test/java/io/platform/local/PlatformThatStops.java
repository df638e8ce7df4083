package io.platform.local;

import io.platform.support.InterceptedPort;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A platform that stands still right after one of the writes and says so on its output, so that a
 * test can kill it there: {@code java … PlatformThatStops WRITE --port …}.
 */
final class PlatformThatStops {
  static final String STANDS = "stands still after ";

  private final Write write;

  private PlatformThatStops(Write write) {
    this.write = write;
  }

  public static void main(String[] arguments) throws InterruptedException {
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    PlatformThatStops stopping = new PlatformThatStops(Write.valueOf(arguments[0]));
    System.exit(PlatformMain.run(rest, new InterceptedPlatform(stopping::around)::start));
  }

  private @Nullable Object around(Method method, InterceptedPort.Call call) throws Throwable {
    standAt(Write.Side.BEFORE, method);
    @Nullable Object result = call.proceed();
    standAt(Write.Side.AFTER, method);
    return result;
  }

  private void standAt(Write.Side side, Method method) throws InterruptedException {
    if (write.isAt(side, method)) {
      System.out.println(STANDS + write);
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }
}
