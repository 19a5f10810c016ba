package dev.stravinsky.cli.command;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a command takes. Each is declared once, in a field of the command, which can be asked for it
 * when the words have been parsed. Not by annotations: to read those takes as long as everything
 * else that a short command does.
 */
public final class Arguments {
  private final CommandSpec spec;

  /** Adds to the command's options and parameters; the first is {@code --help}. */
  public Arguments(CommandSpec spec) {
    this.spec = spec;
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help.")
            .build());
  }

  /** One that is there or not. */
  public Flag flag(String description, String... names) {
    return new Flag(add(OptionSpec.builder(names).type(boolean.class), description));
  }

  /** One with a value. */
  public Value<String> option(String name, String label, String description) {
    return option(name, label, String.class, description);
  }

  /** One with a value that is checked and converted; an enum's constants in any case. */
  public <T> Value<T> option(String name, String label, Class<T> type, String description) {
    return new Value<>(
        add(OptionSpec.builder(name).type(type).arity("1").paramLabel(label), description));
  }

  /** One that may be given several times. */
  public Value<List<String>> repeated(String name, String label, String description) {
    return new Value<>(
        add(
            OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label),
            description));
  }

  /** The next word, which has to be there. */
  public Value<String> parameter(String label, String description) {
    return word(label, true, description);
  }

  /** The next word, if there is one. */
  public Value<String> optionalParameter(String label, String description) {
    return word(label, false, description);
  }

  /** All that is left, from the first word that is no option on; at least one. */
  public Value<List<String>> words(String label, String description) {
    spec.parser().stopAtPositional(true);
    PositionalParamSpec parameter =
        PositionalParamSpec.builder()
            .index(spec.positionalParameters().size() + "..*")
            .arity("1..*")
            .required(true)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .paramLabel(label)
            .description(description)
            .build();
    spec.addPositional(parameter);
    return new Value<>(parameter);
  }

  private Value<String> word(String label, boolean required, String description) {
    PositionalParamSpec parameter =
        PositionalParamSpec.builder()
            .index(Integer.toString(spec.positionalParameters().size()))
            .arity(required ? "1" : "0..1")
            .required(required)
            .type(String.class)
            .paramLabel(label)
            .description(description)
            .build();
    spec.addPositional(parameter);
    return new Value<>(parameter);
  }

  private OptionSpec add(OptionSpec.Builder builder, String description) {
    OptionSpec option = builder.description(description).build();
    spec.addOption(option);
    return option;
  }

  /** An option that is there or not. */
  public record Flag(ArgSpec argument) {
    public boolean given() {
      return Boolean.TRUE.equals(argument.getValue());
    }
  }

  /** An option's or a parameter's value. */
  public record Value<T>(ArgSpec argument) {
    public Optional<T> given() {
      return Optional.ofNullable(argument.getValue());
    }

    /** What was given, or else this. */
    public T or(T other) {
      return given().orElse(other);
    }

    /** Of a parameter that has to be there. */
    public T get() {
      return given().orElseThrow();
    }
  }
}
