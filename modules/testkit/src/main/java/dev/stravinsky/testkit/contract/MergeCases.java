package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.merge.MergeRequest;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.testkit.ReleaseFolder;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The merge table, its results written by hand.
 *
 * <p>A side is written {@code -} for nothing, a letter for a file of that content, {@code +} after
 * it for an executable one, {@code @name} for a link of that target. The user's side can also be
 * {@code >A} (a link to a file elsewhere of content A), {@code >!} (a link to nothing), {@code >/}
 * (a link to a folder), {@code D} (a folder with a file in it), {@code ^/} (the parent folder is a
 * link to another one) or {@code ^A} (the parent folder is a file).
 */
final class MergeCases {
  private static final String NAME = "dir/x.py";

  /** Each with base, incoming, live, policy: outcome, change, counts as released, set aside. */
  static final List<Case> ALL =
      """
      -   B   -   KEEP : CREATED   put    released -
      -   B+  -   KEEP : CREATED   put    released -
      -   B   B   KEEP : UNCHANGED none   released -
      -   B   C   KEEP : CONFLICT  none   user     aside
      -   B   B+  KEEP : CONFLICT  none   user     aside
      -   B   C   TAKE : REPLACED  put    released -
      -   B   C   FAIL : CONFLICT  none   user     aside
      -   B   D   KEEP : CONFLICT  none   user     aside
      -   B   D   TAKE : CONFLICT  none   user     aside
      -   B   ^A  KEEP : CONFLICT  none   user     aside
      -   B   ^A  TAKE : CONFLICT  none   user     aside
      -   B   ^/  KEEP : CONFLICT  none   user     aside
      -   B   ^/  TAKE : CONFLICT  none   user     aside
      -   B   >B  KEEP : UNCHANGED none   released -
      -   B   >C  KEEP : CONFLICT  none   user     aside
      -   B   >C  TAKE : REPLACED  put    released -
      -   B   >!  KEEP : CONFLICT  none   user     aside
      -   B   >!  TAKE : CONFLICT  none   user     aside
      -   B   >/  TAKE : CONFLICT  none   user     aside
      -   @t  -   KEEP : CREATED   relink released -
      -   @t  @t  KEEP : UNCHANGED none   released -
      -   @t  @u  KEEP : CONFLICT  none   user     -
      -   @t  @u  TAKE : REPLACED  relink released -
      -   @t  C   KEEP : CONFLICT  none   user     -
      A   A   A   KEEP : UNCHANGED none   released -
      A   A   C   KEEP : KEPT      none   released -
      A   A   A+  KEEP : KEPT      none   released -
      A   A   -   KEEP : KEPT      none   user     -
      A   A   C   TAKE : KEPT      none   released -
      A   A   D   KEEP : KEPT      none   user     -
      A   A   ^/  KEEP : KEPT      none   user     -
      A   A   >C  KEEP : KEPT      none   released -
      A   A   >!  KEEP : KEPT      none   released -
      A   B   A   KEEP : REPLACED  put    released -
      A   A+  A   KEEP : REPLACED  put    released -
      A   A+  A+  KEEP : UNCHANGED none   released -
      A   B   B   KEEP : UNCHANGED none   released -
      A   B   C   KEEP : CONFLICT  none   released aside
      A   B   A+  KEEP : MERGED    put    released -
      A   B   A+  TAKE : MERGED    put    released -
      A   A+  C   KEEP : MERGED    put    released -
      A   B+  B   KEEP : MERGED    put    released -
      A   B+  A+  KEEP : MERGED    put    released -
      A   B+  C   KEEP : CONFLICT  none   released aside
      A   B   C   TAKE : REPLACED  put    released -
      A   B   C   FAIL : CONFLICT  none   released aside
      A   B   -   KEEP : CONFLICT  none   user     aside
      A   B   -   TAKE : CREATED   put    released -
      A   B   >A  KEEP : REPLACED  put    released -
      A   B   >B  KEEP : UNCHANGED none   released -
      A   B   >C  KEEP : CONFLICT  none   released aside
      A   B   >!  TAKE : CONFLICT  none   released aside
      A   B   D   TAKE : CONFLICT  none   user     aside
      A   @t  A   KEEP : REPLACED  relink released -
      A   @t  C   KEEP : CONFLICT  none   released -
      A   @t  >A  KEEP : CONFLICT  none   released -
      A   -   A   KEEP : DELETED   delete user     -
      A   -   C   KEEP : KEPT      none   user     -
      A   -   A+  KEEP : KEPT      none   user     -
      A   -   C   TAKE : KEPT      none   user     -
      A   -   -   KEEP : UNCHANGED none   user     -
      A   -   >A  KEEP : KEPT      none   user     -
      A   -   D   KEEP : KEPT      none   user     -
      A   -   ^/  KEEP : UNCHANGED none   user     -
      @t  -   @t  KEEP : DELETED   delete user     -
      @t  -   @u  KEEP : KEPT      none   user     -
      @t  @u  @t  KEEP : REPLACED  relink released -
      @t  @t  @u  KEEP : KEPT      none   released -
      @t  B   @t  KEEP : CONFLICT  none   released aside
      """
          .lines()
          .map(Case::parse)
          .toList();

  private MergeCases() {}

  record Case(
      String base,
      String incoming,
      String live,
      ConflictPolicy policy,
      Outcome outcome,
      String change,
      boolean released,
      boolean aside) {

    static Case parse(String line) {
      String[] w = line.trim().split("[ :]+");
      return new Case(
          w[0],
          w[1],
          w[2],
          ConflictPolicy.valueOf(w[3]),
          Outcome.valueOf(w[4]),
          w[5],
          w[6].equals("released"),
          w[7].equals("aside"));
    }

    String title() {
      return String.join(" ", base, incoming, live, policy.name(), "is", outcome.name());
    }
  }

  /** One case in a corner of the sandbox of its own. */
  static final class Run {
    private final Sandbox sandbox;
    private final Case wanted;
    private final Path corner;

    Run(Sandbox sandbox, Case wanted) {
      this.sandbox = sandbox;
      this.wanted = wanted;
      this.corner = sandbox.root().resolve("cases").resolve("case" + ALL.indexOf(wanted));
    }

    void check() throws IOException {
      Target target = Target.tree("hooks", Scope.USER, corner.resolve("live"));
      Files.createDirectories(target.root());
      makeLive(target.root().resolve(NAME));
      Optional<Release> base = side("base", wanted.base());
      Release incoming = side("incoming", wanted.incoming()).orElseThrow();
      TargetView live =
          TargetWalk.live(target)
              .withOrigins(p -> base.flatMap(b -> b.file("hooks", p)).isPresent());

      MergePlan plan =
          sandbox
              .services()
              .merger()
              .plan(
                  new MergeRequest(
                      base, incoming, List.of(live), wanted.policy(), corner.resolve("scratch")));

      Decision decision =
          plan.decisions().stream()
              .filter(d -> d.place().path().equals(EntryPath.of(NAME)))
              .findAny()
              .orElseThrow();
      assertThat(decision.outcome()).as(decision.reason()).isEqualTo(wanted.outcome());
      assertThat(decision.reason()).isNotBlank();
      assertThat(plan.released().contains(decision.place())).isEqualTo(wanted.released());
      assertThat(decision.setAside().isPresent()).isEqualTo(wanted.aside());
      if (wanted.aside()) {
        assertThat(Files.readString(decision.setAside().get()))
            .isEqualTo(wanted.incoming().substring(0, 1));
      }
      checkChange(plan, target.root().resolve(NAME));
    }

    private void checkChange(MergePlan plan, Path live) throws IOException {
      List<Change> changes =
          plan.changes().stream().filter(c -> c.path().equals(EntryPath.of(NAME))).toList();
      if (wanted.change().equals("none")) {
        assertThat(changes).isEmpty();
        return;
      }
      assertThat(changes).hasSize(1);
      Change change = changes.getFirst();
      assertThat(change.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
          .isEqualTo(wanted.change());
      EntryState seen =
          change instanceof Change.Put && Files.isRegularFile(live)
              ? EntryStates.regular(live)
              : EntryStates.of(live);
      assertThat(change.before()).isEqualTo(seen);
      if (change instanceof Change.Put put) {
        assertThat(EntryStates.regular(put.content())).isEqualTo(put.after());
      }
    }

    /** A release with the file, and one more so that it is never empty; none before the first. */
    private Optional<Release> side(String name, String written) throws IOException {
      if (name.equals("base") && written.equals("-")) {
        return Optional.empty();
      }
      ReleaseFolder folder = ReleaseFolder.in(sandbox, corner.resolve(name));
      folder.file("hooks/other", "same");
      if (written.startsWith("@")) {
        folder.link("hooks/" + NAME, written.substring(1));
      } else if (!written.equals("-")) {
        folder.file("hooks/" + NAME, written.substring(0, 1), mode(written));
      }
      return Optional.of(folder.release("v-" + name));
    }

    private void makeLive(Path file) throws IOException {
      String written = wanted.live();
      Path elsewhere = corner.resolve("elsewhere");
      Files.createDirectories(elsewhere);
      switch (written) {
        case "-" -> {}
        case "D" -> sandbox.write(file.resolve("inside"), "user's");
        case "^/" -> link(file.getParent(), elsewhere);
        case "^A" -> sandbox.write(file.getParent(), "A");
        case ">!" -> link(file, elsewhere.resolve("nothing"));
        case ">/" -> link(file, elsewhere);
        default -> makeFile(file, written, elsewhere.resolve("file"));
      }
    }

    private void makeFile(Path file, String written, Path elsewhere) throws IOException {
      if (written.startsWith(">")) {
        sandbox.write(elsewhere, written.substring(1));
        link(file, elsewhere);
      } else if (written.startsWith("@")) {
        link(file, file.getFileSystem().getPath(written.substring(1)));
      } else {
        sandbox.write(file, written.substring(0, 1).getBytes(), mode(written));
      }
    }

    private static int mode(String written) {
      return written.endsWith("+") ? 0755 : 0644;
    }

    private static void link(Path link, Path to) throws IOException {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, to);
    }
  }
}
