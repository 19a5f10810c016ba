package dev.stravinsky.update;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.platform.PlatformFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** A world in which something happens at what the platform is asked to do. */
final class DisturbedPlatform {
  private DisturbedPlatform() {}

  /** What happens before and after each call; may throw in its place. */
  interface Disturbance {
    default void before(String call, List<Object> arguments) throws Exception {}

    default void after(String call, List<Object> arguments) throws Exception {}
  }

  static Environment in(Environment real, Disturbance disturbance) {
    PlatformFiles disturbed =
        (PlatformFiles)
            Proxy.newProxyInstance(
                PlatformFiles.class.getClassLoader(),
                new Class<?>[] {PlatformFiles.class},
                (proxy, method, arguments) -> {
                  List<Object> told = arguments == null ? List.of() : List.of(arguments);
                  disturbance.before(method.getName(), told);
                  Object result = call(real.platform(), method, arguments);
                  disturbance.after(method.getName(), told);
                  return result;
                });
    return new Environment(
        real.home(),
        real.stravinskyHome(),
        real.userHome(),
        real.workingDirectory(),
        real.installation(),
        real.variables(),
        real.clock(),
        real.ids(),
        real.hostname(),
        real.user(),
        real.command(),
        disturbed);
  }

  private static Object call(Object target, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
