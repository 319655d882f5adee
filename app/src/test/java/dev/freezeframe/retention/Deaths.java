package dev.freezeframe.retention;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Lets anyone who calls die right after one of its calls, once that has had its effect. */
final class Deaths {
  private final int after;
  private int calls;

  Deaths(int after) {
    this.after = after;
  }

  /** That a function died. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  <T> T around(Class<T> type, T inner) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object answer;
              try {
                answer = method.invoke(inner, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
              if (++calls == after) {
                throw new Died();
              }
              return answer;
            }));
  }
}
