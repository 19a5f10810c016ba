package dev.stravinsky.validator.external;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Times;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes the context line of the check protocol, as a stream: there may be very many entries. */
final class ContextWriter {
  static final int FORMAT = 1;
  static final JsonMapper JSON = JsonMapper.shared();

  private final Set<TargetPath> changed;

  private ContextWriter(List<TargetPath> changed) {
    this.changed = new HashSet<>(changed);
  }

  /** Refuses what another process could not see: files that are in this one's memory. */
  static void requireOnDisk(CheckContext context) throws CouldNotCheckException {
    for (TargetView view : context.targets()) {
      if (!ChecksDirectory.isOnDisk(view.target().root())) {
        throw new CouldNotCheckException("another process cannot see files that are in memory");
      }
    }
  }

  /** Writes the fields of the context into an object that is open. */
  static void write(CheckContext context, Duration limit, JsonGenerator out) {
    new ContextWriter(context.changed()).context(context, limit, out);
  }

  /** Writes views of which nothing is being changed, as {@code targets}. */
  static void write(List<TargetView> views, JsonGenerator out) {
    new ContextWriter(List.of()).targets(views, out);
  }

  private void context(CheckContext context, Duration limit, JsonGenerator out) {
    out.writeNumberProperty("format", FORMAT);
    out.writeStringProperty("phase", context.phase().name());
    scope(context.scope(), out);
    out.writeStringProperty("from_version", context.fromVersion().value());
    context.toVersion().ifPresent(to -> out.writeStringProperty("to_version", to.value()));
    path("home", context.home(), out);
    path("user_home", context.userHome(), out);
    path("working_directory", context.workingDirectory(), out);
    out.writeNumberProperty("time_limit_ms", limit.toMillis());
    out.writeStringProperty("deadline", Times.text(context.clock().instant().plus(limit)));
    out.writeArrayPropertyStart("required_commands");
    context.requiredCommands().forEach(out::writeString);
    out.writeEndArray();
    out.writeNumberProperty("required_bytes", context.requiredBytes());
    SettingsWriter.write(context.settings(), out);
    out.writeArrayPropertyStart("changes");
    Set<TargetPath> places = new LinkedHashSet<>(context.changed());
    places.addAll(context.expected().keySet());
    places.forEach(place -> change(place, context.expected(), out));
    out.writeEndArray();
    targets(context.targets(), out);
  }

  private void targets(List<TargetView> views, JsonGenerator out) {
    out.writeArrayPropertyStart("targets");
    views.forEach(view -> target(view, out));
    out.writeEndArray();
  }

  static void scope(Scope scope, JsonGenerator out) {
    out.writeStringProperty("scope", scope instanceof Scope.User ? "user" : "project");
    if (scope instanceof Scope.Project project) {
      path("project", project.root(), out);
    }
  }

  /** A path for people and scripts, and its bytes for those who want to be exact. */
  static void path(String key, Path path, JsonGenerator out) {
    out.writeStringProperty(key, path.toString());
    out.writeStringProperty(key + "_uri", path.toUri().toString());
  }

  private void change(TargetPath place, Map<TargetPath, EntryState> all, JsonGenerator out) {
    Target target = place.target();
    out.writeStartObject();
    out.writeStringProperty("target", target.name());
    scope(target.scope(), out);
    path("root", target.root(), out);
    files(target.files(), out);
    out.writeStringProperty("path", place.path().readable());
    out.writeStringProperty("encoded", place.path().encoded());
    out.writeStringProperty("live", place.live().toString());
    out.writeBooleanProperty("changed", changed.contains(place));
    EntryState expected = all.get(place);
    if (expected != null) {
      out.writeName("expected");
      state(expected, out);
    }
    out.writeEndObject();
  }

  private static void state(EntryState state, JsonGenerator out) {
    out.writeStartObject();
    switch (state) {
      case EntryState.Absent absent -> out.writeStringProperty("type", "absent");
      case EntryState.Link link -> {
        out.writeStringProperty("type", "link");
        out.writeStringProperty("to", link.target());
      }
      case EntryState.Directory directory -> {
        out.writeStringProperty("type", "directory");
        out.writeStringProperty("mode", Integer.toOctalString(directory.mode()));
      }
      case EntryState.Regular file -> {
        out.writeStringProperty("type", "file");
        out.writeStringProperty("sha256", file.sha256().hex());
        out.writeNumberProperty("size", file.sizeBytes());
        out.writeStringProperty("mode", Integer.toOctalString(file.mode()));
      }
    }
    out.writeEndObject();
  }

  private void target(TargetView view, JsonGenerator out) {
    Target target = view.target();
    out.writeStartObject();
    out.writeStringProperty("name", target.name());
    scope(target.scope(), out);
    path("root", target.root(), out);
    files(target.files(), out);
    out.writeArrayPropertyStart("entries");
    view.nodes().forEach(node -> entry(target, node, out));
    out.writeEndArray();
    out.writeEndObject();
  }

  static void files(List<String> names, JsonGenerator out) {
    out.writeArrayPropertyStart("files");
    names.forEach(out::writeString);
    out.writeEndArray();
  }

  private void entry(Target target, TargetView.Node node, JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("path", node.path().readable());
    out.writeStringProperty("encoded", node.path().encoded());
    out.writeStringProperty("type", type(node.location()));
    out.writeStringProperty("origin", node.origin() == Origin.RELEASE ? "release" : "user");
    out.writeBooleanProperty("changed", changed.contains(new TargetPath(target, node.path())));
    out.writeStringProperty("live", node.path().resolveIn(target.root()).toString());
    path("content", node.content(), out);
    node.linkEnd()
        .ifPresent(end -> out.writeStringProperty("link_uri", node.location().toUri().toString()));
    out.writeEndObject();
  }

  private static String type(Path location) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(location, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        return "link";
      }
      return attributes.isDirectory() ? "directory" : attributes.isRegularFile() ? "file" : "other";
    } catch (IOException e) {
      // Gone since it was listed, or not to be looked at: what the check will find out too.
      return "unreadable";
    }
  }
}
