package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.attribute.FileAttributeView;
import java.util.Optional;

/** Sends what a view of attributes sets through the gate. */
final class FaultAttributeView {
  private FaultAttributeView() {}

  static <V extends FileAttributeView> V before(
      FaultPath path, Class<V> type, V delegate, boolean follow) {
    Object proxy =
        Proxy.newProxyInstance(
            FaultAttributeView.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              String name = method.getName();
              boolean changes =
                  name.startsWith("set") || name.equals("write") || name.equals("delete");
              FileOperation.Kind kind =
                  changes ? FileOperation.Kind.SET_ATTRIBUTE : FileOperation.Kind.STAT;
              return path.getFileSystem()
                  .gate()
                  .pass(
                      kind,
                      path,
                      Optional.empty(),
                      () -> {
                        Optional<Permissions> permissions = path.getFileSystem().permissions();
                        if (changes && permissions.isPresent()) {
                          Object value = arguments[0];
                          permissions.get().set(path, attribute(name), value, follow);
                        }
                        return invoke(delegate, method, arguments);
                      });
            });
    return type.cast(proxy);
  }

  /** The name of what is set, as for {@link java.nio.file.Files#setAttribute}. */
  private static String attribute(String method) {
    return switch (method) {
      case "setPermissions" -> "posix:permissions";
      case "setOwner" -> "posix:owner";
      case "setGroup" -> "posix:group";
      case "setTimes" -> "lastModifiedTime";
      default -> "user:";
    };
  }

  private static Object invoke(Object delegate, java.lang.reflect.Method method, Object[] arguments)
      throws IOException {
    try {
      return method.invoke(delegate, arguments);
    } catch (InvocationTargetException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        default -> throw new IOException(e.getCause());
      }
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
