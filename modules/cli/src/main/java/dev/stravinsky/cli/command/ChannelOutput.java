package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the channel offers a scope: {@code update --list} and {@code update --check}. */
final class ChannelOutput {
  private final Output output;
  private final Scope scope;
  private final Channel channel;
  private final HeldVersions held;
  private final Version installed;

  /** Found once: a channel can have any number of releases. */
  private final Optional<Offer> newest;

  private final Services services;

  ChannelOutput(Services services, Scope scope, Channel channel, Output output) throws IOException {
    this.services = services;
    this.output = output;
    this.scope = scope;
    this.channel = channel;
    this.held = services.holds().of(scope);
    this.installed = services.installed().current(scope);
    this.newest = channel.newest(held::isOffered);
  }

  ExitStatus list(boolean json) throws IOException {
    if (json) {
      return print();
    }
    Table table = new Table("VERSION", "PUBLISHED", "SIZE", "STATE", "NOTES");
    for (Offer offer : channel.offers().reversed()) {
      String notes = offer.notes().lines().findFirst().orElse("");
      table.row(
          offer.version(),
          offer.published().map(Shown::time).orElse("-"),
          Shown.size(offer.sizeBytes()),
          state(offer),
          notes);
    }
    if (table.isEmpty()) {
      output.line("The channel of " + channel.name() + " has no releases yet.");
    } else {
      table.print(output.results(), output.isTerminal());
    }
    output.field("Signature", SignatureText.of(channel.signature()));
    HeldList.print(services, scope, output);
    return ExitStatus.DONE;
  }

  ExitStatus check(boolean json) {
    if (json) {
      return print();
    }
    channel
        .offer(installed)
        .flatMap(Offer::withdrawn)
        .ifPresent(
            why -> output.line("The installed " + installed + " was withdrawn" + after(why)));
    if (newest.isEmpty()) {
      output.line("The channel of " + channel.name() + " offers nothing that may be installed.");
      output.line("  stravinsky update --list");
    } else if (newest.get().version().equals(installed)) {
      output.line(installed + " is installed; there is nothing newer.");
    } else {
      output.line(newest.get().version() + " is there; installed is " + installed + ".");
      newest.get().notes().lines().forEach(line -> output.line("  " + line));
      output.field("Signature", SignatureText.of(channel.signature()));
      output.line("To install it: stravinsky update");
    }
    return ExitStatus.DONE;
  }

  private ExitStatus print() {
    Map<String, Object> json = ChannelJson.document(channel);
    json.put("installed", installed);
    json.put("offered", newest.map(Offer::version));
    json.put("up_to_date", newest.filter(o -> o.version().equals(installed)).isPresent());
    json.put("held", HeldList.json(held));
    json.put("pinned", held.pin());
    Json.print(output.results(), json);
    return ExitStatus.DONE;
  }

  private String state(Offer offer) {
    List<String> states = new ArrayList<>();
    if (offer.version().equals(installed)) {
      states.add("installed");
    }
    if (newest.filter(offer::equals).isPresent() && states.isEmpty()) {
      states.add("next");
    }
    offer.withdrawn().ifPresent(why -> states.add("withdrawn" + after(why)));
    held.holdOf(offer.version()).ifPresent(hold -> states.add("held"));
    return String.join(", ", states);
  }

  private static String after(String why) {
    return why.isEmpty() ? "" : ": " + why;
  }
}
