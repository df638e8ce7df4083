package io.platform.support;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Lets a test act before and after every call of a port. */
public final class InterceptedPort {
  private InterceptedPort() {}

  /** Stands around each call. */
  public interface Interceptor {
    /**
     * Makes the call with {@link Call#proceed}, or does not.
     *
     * @return what the caller gets
     */
    @Nullable Object around(Method method, Call call) throws Throwable;
  }

  /** A call that waits to be made. */
  public interface Call {
    /** Makes it; what the port returns or throws. */
    @Nullable Object proceed() throws Throwable;
  }

  /** The port with an interceptor around its calls. */
  public static <T> T of(Class<T> port, T inner, Interceptor interceptor) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) ->
                interceptor.around(method, () -> call(method, inner, arguments))));
  }

  private static @Nullable Object call(Method method, Object inner, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
