package dev.stravinsky.cli.command;

import dev.stravinsky.api.release.Signature;
import java.util.LinkedHashMap;
import java.util.Map;

/** Who vouches for something, as people and programs are told. */
final class SignatureText {
  private SignatureText() {}

  static String of(Signature signature) {
    return switch (signature) {
      case Signature.Unsigned unsigned -> "none: nobody vouches for it";
      case Signature.Unchecked unchecked ->
          "not checked (key " + unchecked.keyId() + "): you trust no key";
      case Signature.Verified verified -> "by trusted key " + verified.keyId();
    };
  }

  /** Of what was signed just now, by whoever runs the command. */
  static String own(Signature signature) {
    return signature instanceof Signature.Verified signed ? "by key " + signed.keyId() : "none";
  }

  static Map<String, Object> json(Signature signature) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (signature) {
      case Signature.Unsigned unsigned -> json.put("state", "none");
      case Signature.Unchecked unchecked -> {
        json.put("state", "unchecked");
        json.put("key", unchecked.keyId());
      }
      case Signature.Verified verified -> {
        json.put("state", "verified");
        json.put("key", verified.keyId());
      }
    }
    return json;
  }
}
