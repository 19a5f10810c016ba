package dev.stravinsky.config;

import dev.stravinsky.api.TargetNames;
import dev.stravinsky.api.config.Settings.TargetSetting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code targets}: sets of files that are guarded beside the built-in ones. */
final class TargetsKind implements Kind<List<TargetSetting>> {
  private static final List<String> FIELDS = List.of("name", "path", "files");

  @Override
  public String expected() {
    return "an array of objects with name, path and perhaps files";
  }

  @Override
  public Optional<List<TargetSetting>> read(Json json, String jsonPath, Faults faults) {
    if (!(json instanceof Json.Items items)) {
      return refuse(json, jsonPath, faults);
    }
    List<TargetSetting> targets = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < items.items().size(); i++) {
      String path = jsonPath + "[" + i + "]";
      Json item = items.items().get(i);
      if (item instanceof Json.Members object) {
        Fields fields = Fields.of(object, path, FIELDS, faults);
        target(fields, names).ifPresent(targets::add);
      } else {
        faults.add(path, item, "must be an object, but is " + item.describe());
      }
    }
    return Optional.of(targets);
  }

  private static Optional<TargetSetting> target(Fields fields, Set<String> names) {
    Optional<String> name = fields.text("name").filter(n -> isGoodName(n, names, fields));
    Optional<String> path = fields.text("path").filter(p -> isGoodPath(p, fields));
    Optional<List<String>> files = fields.texts("files").filter(f -> areGoodFiles(f, fields));
    return name.isPresent() && path.isPresent() && files.isPresent()
        ? Optional.of(new TargetSetting(name.get(), path.get(), files.get()))
        : Optional.empty();
  }

  private static boolean isGoodName(String name, Set<String> names, Fields fields) {
    Optional<String> fault = TargetNames.fault(name);
    if (fault.isPresent()) {
      fields.refuse("name", fault.get());
      return false;
    }
    if (!names.add(TargetNames.folded(name))) {
      fields.refuse("name", "\"" + name + "\" is the name of another target too");
      return false;
    }
    return true;
  }

  private static boolean isGoodPath(String path, Fields fields) {
    boolean good =
        (path.startsWith("/") || path.equals("~") || path.startsWith("~/"))
            && path.indexOf('\0') < 0;
    if (!good) {
      fields.refuse("path", "must be an absolute path, or one that starts with ~/");
    }
    return good;
  }

  private static boolean areGoodFiles(List<String> files, Fields fields) {
    if (fields.has("files") && files.isEmpty()) {
      fields.refuse("files", "is empty; leave it out for the whole folder");
      return false;
    }
    for (String file : files) {
      if (file.equals(".")
          || file.equals("..")
          || file.indexOf('/') >= 0
          || file.indexOf('\0') >= 0) {
        fields.refuse("files", "\"" + file + "\" is not the name of a file in the folder");
        return false;
      }
    }
    return true;
  }

  @Override
  public String write(List<TargetSetting> value) {
    return value.stream().map(TargetsKind::write).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String write(TargetSetting target) {
    String files =
        target.files().isEmpty() ? "" : ", \"files\": " + JsonWriting.list(target.files());
    return "{\"name\": "
        + JsonWriting.quoted(target.name())
        + ", \"path\": "
        + JsonWriting.quoted(target.path())
        + files
        + "}";
  }
}
