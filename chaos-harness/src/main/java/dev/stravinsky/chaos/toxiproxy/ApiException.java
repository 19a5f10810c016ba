package dev.stravinsky.chaos.toxiproxy;

/** A request that cannot be done; the answer is its status and its words. */
final class ApiException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  private ApiException(int status, String words) {
    super(words);
    this.status = status;
  }

  int status() {
    return status;
  }

  static ApiException badBody(String why) {
    return new ApiException(400, "bad request body: " + why);
  }

  static ApiException missingField(String field) {
    return new ApiException(400, "missing required field: " + field);
  }

  static ApiException noSuchProxy() {
    return new ApiException(404, "proxy not found");
  }

  static ApiException proxyExists() {
    return new ApiException(409, "proxy already exists");
  }

  static ApiException invalidStream() {
    return new ApiException(400, "stream was invalid, can be either upstream or downstream");
  }

  static ApiException invalidType() {
    return new ApiException(400, "invalid toxic type");
  }

  static ApiException toxicExists() {
    return new ApiException(409, "toxic already exists");
  }

  static ApiException noSuchToxic() {
    return new ApiException(404, "toxic not found");
  }

  static ApiException cannotListen(String address, String why) {
    return new ApiException(500, "listen tcp " + address + ": " + why);
  }
}
