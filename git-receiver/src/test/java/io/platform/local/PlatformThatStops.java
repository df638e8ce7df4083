package io.platform.local;

import io.platform.domain.port.Builds;
import io.platform.domain.port.Releases;
import io.platform.domain.port.Stores;
import io.platform.git.repository.Repositories;
import io.platform.support.InterceptedPort;
import java.lang.reflect.Method;
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

  @Override
  public Stores stores(Stores stores) {
    return new Stores(
        stores.apps(),
        InterceptedPort.of(Builds.class, stores.builds(), this::around),
        InterceptedPort.of(Releases.class, stores.releases(), this::around),
        stores.log(),
        stores.signals());
  }

  @Override
  public Repositories repositories(Repositories repositories) {
    return InterceptedPort.of(Repositories.class, repositories, this::around);
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
