package dev.stravinsky.testkit.contract;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Completion;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRequest;
import dev.stravinsky.api.transaction.Transactions;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the suites of {@link Transactions} have in common: two targets, changes as one would plan
 * them, and a state of all files that can be compared.
 */
public final class TransactionWorld implements AutoCloseable {
  private final Sandbox sandbox;
  private final UnaryOperator<Environment> adapt;
  private final List<Change> changes = new ArrayList<>();
  private Optional<Services> services = Optional.empty();
  private Optional<Lease> lock = Optional.empty();
  private int contents;
  private boolean takesContents;

  /** In the environments of the sandbox as {@code adapt} changes them. */
  public TransactionWorld(Sandbox sandbox, UnaryOperator<Environment> adapt) {
    this.sandbox = sandbox;
    this.adapt = adapt;
  }

  public Sandbox sandbox() {
    return sandbox;
  }

  /** The services of the command that runs. */
  public Services services() {
    if (services.isEmpty()) {
      services = Optional.of(Services.in(adapt.apply(sandbox.environment())));
    }
    return services.get();
  }

  /** The swap, its lock held exclusively from the first use until the command ends. */
  public Transactions transactions() throws IOException {
    Transactions transactions = services().transactions();
    if (lock.isEmpty()) {
      lock = Optional.of(transactions.lock(List.of(hooks(), settings()), LockMode.EXCLUSIVE));
    }
    return transactions;
  }

  /** Another command, that finds only what is on disk. */
  public TransactionWorld restart() throws IOException {
    close();
    sandbox.restart();
    return this;
  }

  /** Ends the command. */
  @Override
  public void close() throws IOException {
    unlock();
    if (services.isPresent()) {
      services.get().close();
    }
    services = Optional.empty();
  }

  /** Another command after this one was killed. */
  public TransactionWorld restartAfterKill() {
    services = Optional.empty();
    lock = Optional.empty();
    sandbox.restartAfterKill();
    return this;
  }

  public Target hooks() {
    return Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
  }

  public Target settings() {
    return new Target("settings", Scope.USER, sandbox.claude(), List.of("settings.json"));
  }

  /** A hook's live path. */
  public Path hook(String path) {
    return EntryPath.of(path).resolveIn(hooks().root());
  }

  public Path settingsFile() {
    return sandbox.claude().resolve("settings.json");
  }

  /** Two hooks, one of them to go, and settings. */
  public TransactionWorld withUsualFiles() throws IOException {
    sandbox.write(hook("check.sh"), "echo old".getBytes(StandardCharsets.UTF_8), 0755);
    sandbox.write(hook("lib/gone.py"), "print('old')");
    sandbox.write(hook("mine.sh"), "echo mine");
    sandbox.write(settingsFile(), "{\"old\": true}");
    return this;
  }

  /** One change of each usual kind. */
  public TransactionWorld withUsualChanges() throws IOException {
    put(hooks(), "check.sh", "echo new", 0750);
    put(hooks(), "deep/er/added.py", "print('new')", 0644);
    delete(hooks(), "lib/gone.py");
    delete(hooks(), "lib");
    put(settings(), "settings.json", "{\"new\": true}", 0600);
    return this;
  }

  /** From now on what puts bring is on the disk for good, and the transaction's to take. */
  public TransactionWorld takingContents() {
    takesContents = true;
    return this;
  }

  public TransactionWorld put(Target target, String path, String content, int mode)
      throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Path source = sandbox.root().resolve("release").resolve("content-" + contents++);
    sandbox.write(source, bytes, 0644);
    Path live = EntryPath.of(path).resolveIn(target.root());
    EntryState before = Files.isRegularFile(live) ? EntryStates.regular(live) : before(live);
    EntryState.Regular after = new EntryState.Regular(Sha256.of(bytes), bytes.length, mode);
    return change(
        new Change.Put(target, EntryPath.of(path), before, source, after, Optional.empty()));
  }

  public TransactionWorld delete(Target target, String path) throws IOException {
    Path live = EntryPath.of(path).resolveIn(target.root());
    return change(new Change.Delete(target, EntryPath.of(path), before(live)));
  }

  public TransactionWorld relink(Target target, String path, String to) throws IOException {
    Path live = EntryPath.of(path).resolveIn(target.root());
    String encoded = LinkTargets.encode(live.getFileSystem().getPath(to));
    EntryState.Link after = new EntryState.Link(encoded);
    return change(
        new Change.Relink(target, EntryPath.of(path), before(live), after, Optional.empty()));
  }

  public TransactionWorld makeDirectory(Target target, String path, int mode) throws IOException {
    Path live = EntryPath.of(path).resolveIn(target.root());
    EntryState.Directory after = new EntryState.Directory(mode);
    return change(
        new Change.MakeDirectory(
            target, EntryPath.of(path), before(live), after, Optional.empty()));
  }

  public TransactionWorld change(Change change) {
    changes.add(change);
    return this;
  }

  public List<Change> changes() {
    return List.copyOf(changes);
  }

  private static EntryState before(Path live) throws IOException {
    return EntryStates.of(live);
  }

  /** Stages all changes; the lock is held until the transaction is closed or the command ends. */
  public Transaction stage(Completion completion) throws IOException {
    Transaction staged =
        transactions()
            .stage(
                new TransactionRequest(
                    Scope.USER,
                    "update",
                    List.of(TargetWalk.live(hooks()), TargetWalk.live(settings())),
                    changes,
                    takesContents,
                    Map.of(TransactionRequest.VERSION, "v2", "note", "kept")),
                completion);
    return new UnlockingTransaction(staged, this::unlock);
  }

  private void unlock() {
    lock.ifPresent(Lease::close);
    lock = Optional.empty();
  }

  /** Everything below the user's configuration, by path: content, mode, link or directory. */
  public SortedMap<String, EntryState> live() throws IOException {
    return tree(sandbox.claude());
  }

  /** Everything below a directory. */
  public static SortedMap<String, EntryState> tree(Path top) throws IOException {
    SortedMap<String, EntryState> states = new TreeMap<>();
    List<Path> all;
    try (Stream<Path> below = Files.walk(top)) {
      all = below.filter(p -> !p.equals(top)).toList();
    }
    for (Path each : all) {
      states.put(top.relativize(each).toString(), EntryStates.of(each));
    }
    return states;
  }

  /** What {@link #live} is to be when {@code changes} have been made to {@code before}. */
  public SortedMap<String, EntryState> expected(SortedMap<String, EntryState> before) {
    SortedMap<String, EntryState> after = new TreeMap<>(before);
    Map<String, EntryState> changed = new HashMap<>();
    for (Change change : changes) {
      Path live = change.path().resolveIn(change.target().root());
      changed.put(sandbox.claude().relativize(live).toString(), change.afterwards());
      for (Path up = live.getParent(); !up.equals(sandbox.claude()); up = up.getParent()) {
        if (!(change instanceof Change.Delete)) {
          after.putIfAbsent(
              sandbox.claude().relativize(up).toString(), new EntryState.Directory(0755));
        }
      }
    }
    changed.forEach(
        (path, state) -> {
          if (state.equals(EntryState.ABSENT)) {
            after.remove(path);
          } else {
            after.put(path, state);
          }
        });
    return after;
  }

  /** Names of transactions' folders anywhere below the user's home. */
  public List<String> leftovers() throws IOException {
    try (Stream<Path> below = Files.walk(sandbox.userHome())) {
      return below
          .filter(p -> p.getFileName().toString().startsWith(TargetWalk.TRANSACTION_PREFIX))
          .map(Path::toString)
          .toList();
    }
  }

  /** Journals that are left. */
  public List<String> journals() throws IOException {
    Path folder = sandbox.home().journal();
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).toList();
    }
  }

  /** A completion that remembers what it was told, and fails when told to. */
  public static final class Told implements Completion {
    private final List<String> calls = new ArrayList<>();
    private final List<TransactionRecord> records = new ArrayList<>();
    private boolean failing;

    public Told failing() {
      failing = true;
      return this;
    }

    public List<String> calls() {
      return calls;
    }

    public List<TransactionRecord> records() {
      return records;
    }

    @Override
    public void committed(TransactionRecord transaction) throws IOException {
      tell("committed", transaction);
    }

    @Override
    public void lateWrite(TransactionRecord transaction, Path live, Path kept) throws IOException {
      tell("late write to " + live.getFileName(), transaction);
    }

    @Override
    public void undone(TransactionRecord transaction) throws IOException {
      tell("undone", transaction);
    }

    private void tell(String what, TransactionRecord transaction) throws IOException {
      calls.add(what);
      records.add(transaction);
      if (failing) {
        throw new IOException("the completion failed, as told");
      }
    }
  }
}
