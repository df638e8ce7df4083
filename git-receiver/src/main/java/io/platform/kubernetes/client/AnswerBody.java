package io.platform.kubernetes.client;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, which one thread may close while another reads it: the Kubernetes client
 * does that when an answer is not wanted any more. OkHttp's buffers are not made for it, and share
 * their memory: the answers of other requests would be damaged, and their threads spin for ever.
 * Whoever closes it cancels the request first where somebody reads it, which ends the reading.
 */
final class AnswerBody extends ResponseBody {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final String CLOSE = "close";

  private final Call call;
  private final ResponseBody body;
  private final BufferedSource source;
  private final ReentrantLock use = new ReentrantLock();

  private AnswerBody(Call call, ResponseBody body) {
    this.call = call;
    this.body = body;
    BufferedSource unguarded = body.source();
    this.source =
        (BufferedSource)
            Proxy.newProxyInstance(
                BufferedSource.class.getClassLoader(),
                new Class<?>[] {BufferedSource.class},
                (proxy, method, arguments) -> use(unguarded, method, arguments));
  }

  /** Guards the body of each answer but that of a WebSocket, which is read in another way. */
  static Response guard(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    return response.code() == SWITCHING_PROTOCOLS
        ? response
        : response.newBuilder().body(new AnswerBody(chain.call(), response.body())).build();
  }

  private @Nullable Object use(
      BufferedSource unguarded, Method method, Object @Nullable [] arguments) throws Throwable {
    if (!use.tryLock()) {
      if (method.getName().equals(CLOSE)) {
        call.cancel();
      }
      use.lock();
    }
    try {
      return method.invoke(unguarded, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    } finally {
      use.unlock();
    }
  }

  @Override
  public @Nullable MediaType contentType() {
    return body.contentType();
  }

  @Override
  public long contentLength() {
    return body.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }
}
