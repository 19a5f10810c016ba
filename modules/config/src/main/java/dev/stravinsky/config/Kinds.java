package dev.stravinsky.config;

import dev.stravinsky.api.release.PublicKey;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The simple kinds of values. */
final class Kinds {
  static final Kind<Boolean> TRUTH = new Truth();
  static final Kind<Optional<String>> TEXT = new OptionalText();
  static final Kind<List<String>> TEXTS = new Texts("text", text -> !text.isBlank());

  /** Those of signify. */
  static final Kind<List<String>> PUBLIC_KEYS =
      new Texts(
          "a signify public key (the line of a .pub file that begins with RW)", PublicKey::isValid);

  private Kinds() {}

  static Kind<Integer> wholeNumber(int min, int max) {
    return new WholeNumber(min, max);
  }

  private record WholeNumber(int min, int max) implements Kind<Integer> {
    @Override
    public String expected() {
      return "a whole number from " + min + " to " + max;
    }

    @Override
    public Optional<Integer> read(Json json, String jsonPath, Faults faults) {
      if (json instanceof Json.Numeral number && number.literal().matches("-?\\d{1,20}")) {
        BigInteger value = new BigInteger(number.literal());
        if (value.compareTo(BigInteger.valueOf(min)) >= 0
            && value.compareTo(BigInteger.valueOf(max)) <= 0) {
          return Optional.of(value.intValueExact());
        }
      }
      return refuse(json, jsonPath, faults);
    }

    @Override
    public String write(Integer value) {
      return value.toString();
    }
  }

  private record Truth() implements Kind<Boolean> {
    @Override
    public String expected() {
      return "true or false";
    }

    @Override
    public Optional<Boolean> read(Json json, String jsonPath, Faults faults) {
      return json instanceof Json.Truth truth
          ? Optional.of(truth.value())
          : refuse(json, jsonPath, faults);
    }

    @Override
    public String write(Boolean value) {
      return value.toString();
    }

    /** An environment variable or a command line may say it in the usual other ways. */
    @Override
    public String fromWord(String word) {
      return switch (word.strip().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "on", "1" -> "true";
        case "false", "no", "off", "0" -> "false";
        default -> word.strip();
      };
    }
  }

  private record OptionalText() implements Kind<Optional<String>> {
    @Override
    public String expected() {
      return "text or null";
    }

    @Override
    public Optional<Optional<String>> read(Json json, String jsonPath, Faults faults) {
      return switch (json) {
        case Json.Nothing nothing -> Optional.of(Optional.empty());
        case Json.Text text when !text.text().isBlank() -> Optional.of(Optional.of(text.text()));
        default -> refuse(json, jsonPath, faults);
      };
    }

    @Override
    public String write(Optional<String> value) {
      return value.map(JsonWriting::quoted).orElse("null");
    }

    @Override
    public String fromWord(String word) {
      String typed = word.strip();
      return typed.equals("null") || typed.startsWith("\"") ? typed : JsonWriting.quoted(typed);
    }
  }

  private record Texts(String each, Predicate<String> taken) implements Kind<List<String>> {
    @Override
    public String expected() {
      return "an array of texts";
    }

    @Override
    public Optional<List<String>> read(Json json, String jsonPath, Faults faults) {
      if (!(json instanceof Json.Items items)) {
        return refuse(json, jsonPath, faults);
      }
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < items.items().size(); i++) {
        Json item = items.items().get(i);
        if (item instanceof Json.Text text && taken.test(text.text())) {
          texts.add(text.text());
        } else {
          faults.add(
              jsonPath + "[" + i + "]", item, "must be " + each + ", but is " + item.describe());
        }
      }
      return Optional.of(texts);
    }

    @Override
    public String write(List<String> value) {
      return JsonWriting.list(value);
    }

    /** One bare word is a list of one. */
    @Override
    public String fromWord(String word) {
      String typed = word.strip();
      return typed.startsWith("[") ? typed : "[" + TEXT.fromWord(typed) + "]";
    }
  }
}
