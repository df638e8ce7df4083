package io.platform.local;

import io.platform.support.InterceptedPort;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A platform with a task that, right after one of the writes, waits for ever whatever interrupts
 * it, and says so: {@code java … PlatformThatIgnoresStops WRITE --port …}.
 */
final class PlatformThatIgnoresStops {
  static final String IGNORES = "ignores stops after ";

  private final Write write;

  private PlatformThatIgnoresStops(Write write) {
    this.write = write;
  }

  public static void main(String[] arguments) throws InterruptedException {
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    PlatformThatIgnoresStops ignoring = new PlatformThatIgnoresStops(Write.valueOf(arguments[0]));
    System.exit(PlatformMain.run(rest, new InterceptedPlatform(ignoring::around)::start));
  }

  private @Nullable Object around(Method method, InterceptedPort.Call call) throws Throwable {
    @Nullable Object result = call.proceed();
    if (write.isAt(Write.Side.AFTER, method)) {
      System.out.println(IGNORES + write);
      System.out.flush();
      waitForEver();
    }
    return result;
  }

  private static void waitForEver() {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        System.out.println("interrupted, and goes on");
      }
    }
  }
}
