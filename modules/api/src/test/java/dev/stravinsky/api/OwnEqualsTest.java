package dev.stravinsky.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest.Root;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A record whose equality is written out leaves none of its components out. */
class OwnEqualsTest {

  static Stream<Arguments> records() {
    Path a = Path.of("/a");
    Path b = Path.of("/b");
    Sha256 one = Sha256.of(new byte[] {1});
    Sha256 two = Sha256.of(new byte[] {2});
    EntryState.Regular file = new EntryState.Regular(one, 1, 0644);
    Target target = new Target("hooks", Scope.USER, a, List.of());
    EntryPath x = EntryPath.of("x");
    EntryPath y = EntryPath.of("y");
    return Stream.of(
        Arguments.of(file, List.of(two, 2L, 0600)),
        Arguments.of(target, List.of("commands", Scope.project(b), b, List.of("f"))),
        Arguments.of(
            new TargetPath(target, x),
            List.of(new Target("commands", Scope.USER, a, List.of()), y)),
        Arguments.of(
            new Root("hooks", Scope.USER, a, List.of()),
            List.of("commands", Scope.project(b), b, List.of("f"))),
        Arguments.of(
            new BackupEntry(
                "hooks", "global", x, file, Instant.EPOCH, Origin.USER, Optional.empty()),
            List.of(
                "commands",
                "project",
                y,
                EntryState.ABSENT,
                Instant.MAX,
                Origin.RELEASE,
                Optional.of(file))));
  }

  @ParameterizedTest
  @MethodSource("records")
  void equals_eachComponentInTurn_tellsThemApart(Record record, List<Object> others)
      throws ReflectiveOperationException {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Constructor<?> constructor =
        record
            .getClass()
            .getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = components[i].getAccessor().invoke(record);
    }

    assertThat(constructor.newInstance(values)).isEqualTo(record).hasSameHashCodeAs(record);
    assertThat(others).hasSize(values.length);
    for (int i = 0; i < values.length; i++) {
      Object[] changed = values.clone();
      changed[i] = others.get(i);
      assertThat(constructor.newInstance(changed)).as(components[i].getName()).isNotEqualTo(record);
    }
  }
}
