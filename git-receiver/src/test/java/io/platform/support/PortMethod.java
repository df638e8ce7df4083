package io.platform.support;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/**
 * Finds the method that a method reference names: {@code PortMethod.of(Builds::settle)}. Tests that
 * watch the calls of a port so follow every rename.
 */
public final class PortMethod {
  private PortMethod() {}

  /** A method with one parameter. */
  @FunctionalInterface
  public interface OneParameter<P, A> extends Serializable {
    /** Calls it. */
    void call(P port, A a) throws Exception;
  }

  /** A method with two parameters. */
  @FunctionalInterface
  public interface TwoParameters<P, A, B> extends Serializable {
    /** Calls it. */
    void call(P port, A a, B b) throws Exception;
  }

  /** A method with three parameters. */
  @FunctionalInterface
  public interface ThreeParameters<P, A, B, C> extends Serializable {
    /** Calls it. */
    void call(P port, A a, B b, C c) throws Exception;
  }

  /** A method with four parameters. */
  @FunctionalInterface
  public interface FourParameters<P, A, B, C, D> extends Serializable {
    /** Calls it. */
    void call(P port, A a, B b, C c, D d) throws Exception;
  }

  /** The method of this reference. */
  public static <P, A> Method of(OneParameter<P, A> reference) {
    return find(reference);
  }

  /** The method of this reference. */
  public static <P, A, B> Method of(TwoParameters<P, A, B> reference) {
    return find(reference);
  }

  /** The method of this reference. */
  public static <P, A, B, C> Method of(ThreeParameters<P, A, B, C> reference) {
    return find(reference);
  }

  /** The method of this reference. */
  public static <P, A, B, C, D> Method of(FourParameters<P, A, B, C, D> reference) {
    return find(reference);
  }

  /** What a serializable method reference would be written as tells its method. */
  private static Method find(Serializable reference) {
    try {
      Method written = reference.getClass().getDeclaredMethod("writeReplace");
      written.setAccessible(true);
      SerializedLambda lambda = (SerializedLambda) written.invoke(reference);
      ClassLoader loader = PortMethod.class.getClassLoader();
      return Class.forName(lambda.getImplClass().replace('/', '.'), false, loader)
          .getMethod(
              lambda.getImplMethodName(),
              MethodType.fromMethodDescriptorString(lambda.getImplMethodSignature(), loader)
                  .parameterArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("not a reference to a public method of a port", e);
    }
  }
}
