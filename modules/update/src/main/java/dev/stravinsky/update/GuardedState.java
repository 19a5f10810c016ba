package dev.stravinsky.update;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Targets;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The guarded targets as somebody else's program left them, which may have put anything in their
 * place.
 *
 * @param views a target whose root is no directory any more, or lies behind a link, is empty
 * @param strange what is neither a file, a link nor a directory; in no view
 */
record GuardedState(List<TargetView> views, List<Path> strange) {

  static GuardedState read(List<Target> targets) throws IOException {
    List<Target> whole = new ArrayList<>();
    List<TargetView> views = new ArrayList<>();
    for (Target target : targets) {
      if (isInItsPlace(target.root())) {
        whole.add(target);
      } else {
        views.add(new TargetView(target, List.of()));
      }
    }
    List<Path> strange = new ArrayList<>();
    for (TargetView view : Targets.live(whole)) {
      view.special().forEach(node -> strange.add(node.location()));
      views.add(view);
    }
    return new GuardedState(views, strange);
  }

  /** Targets' roots are real paths: what leads elsewhere now is another place. */
  private static boolean isInItsPlace(Path root) throws IOException {
    return Presence.isDirectory(root, LinkOption.NOFOLLOW_LINKS) && root.toRealPath().equals(root);
  }
}
