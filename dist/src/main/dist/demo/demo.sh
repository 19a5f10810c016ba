#!/bin/sh
# Shows in a sandbox what Stravinsky does. Every command is the real program, every output its own.
# Nothing outside of the sandbox is read or written.
set -eu

here=$(CDPATH='' cd -P -- "$(dirname -- "$0")/.." && pwd -P)
keep=no
[ "${1:-}" = --keep ] && keep=yes

sandbox=$(mktemp -d "${TMPDIR:-/tmp}/stravinsky-demo.XXXXXX")
[ "$keep" = yes ] || trap 'rm -rf "$sandbox"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The cache of the program's classes stays where it is: it has nothing to do with the sandbox.
export XDG_CACHE_HOME="${XDG_CACHE_HOME:-${HOME:-$sandbox}/.cache}"
export HOME="$sandbox/home"
unset CLAUDE_CONFIG_DIR STRAVINSKY_HOME
claude=$HOME/.claude
mkdir -p "$claude/hooks" "$HOME/dotfiles"
cd "$HOME"

say() { printf '\n== %s\n' "$*"; }

# run STATUS COMMAND...: prints the command, runs it, and insists on how it ends.
run() {
  wanted=$1
  shift
  printf '\n$ %s\n' "$*"
  status=0
  if [ "$1" = stravinsky ]; then
    shift
    "$here/bin/stravinsky" "$@" || status=$?
  else
    "$@" || status=$?
  fi
  if [ "$status" -ne "$wanted" ]; then
    printf 'demo: exit status %s where %s was expected\n' "$status" "$wanted" >&2
    keep=yes
    trap - EXIT
    printf 'The sandbox is kept: %s\n' "$sandbox" >&2
    exit 1
  fi
  [ "$status" -eq 0 ] || printf '(exit status %s)\n' "$status"
}

# hook FILE TEXT: an executable shell hook.
hook() {
  printf '#!/bin/sh\n# %s\ncat >/dev/null\nexit 0\n' "$2" >"$1"
  chmod 755 "$1"
}

# release FOLDER EDITION: 22 hooks, 6 commands, settings that name two of the hooks.
release() {
  mkdir -p "$1/hooks/checks" "$1/commands"
  n=1
  while [ $n -le 20 ]; do
    hook "$1/hooks/checks/check-$n.sh" "check $n, edition $2"
    n=$((n + 1))
  done
  hook "$1/hooks/guard.sh" "asks before dangerous commands, edition $2"
  hook "$1/hooks/format.sh" "formats what was edited, edition $2"
  for name in review plan test release explain tidy; do
    printf -- '---\ndescription: %s, edition %s\n---\nPlease %s this.\n' \
      "$name" "$2" "$name" >"$1/commands/$name.md"
  done
  cat >"$1/settings.json" <<END
{
  "model": "opus",
  "env": {"EDITION": "$2"},
  "permissions": {"deny": ["Bash(rm -rf:*)"]},
  "hooks": {
    "PreToolUse": [
      {"matcher": "Bash", "hooks": [{"type": "command", "command": "~/.claude/hooks/guard.sh"}]}
    ],
    "PostToolUse": [
      {"matcher": "Edit", "hooks": [{"type": "command", "command": "~/.claude/hooks/format.sh"}]}
    ]
  }
}
END
}

say 'Your files: a hook of your own, and one that is a link into your dotfiles'
hook "$claude/hooks/my-own.sh" 'written by you'
hook "$HOME/dotfiles/notify.sh" 'kept in your dotfiles'
ln -s ../../dotfiles/notify.sh "$claude/hooks/notify.sh"
run 0 ls -l "$claude/hooks"

say 'A first release: what it would do, then the real thing'
release "$sandbox/v1.0.0" first
run 0 stravinsky update "$sandbox/v1.0.0" --version v1.0.0

say 'The next release'
release "$sandbox/v1.1.0" second
rm "$sandbox/v1.1.0/hooks/checks/check-20.sh"
run 0 stravinsky update "$sandbox/v1.1.0" --version v1.1.0
run 0 stravinsky status

say 'A broken release: one of its hooks does not parse. Nothing is changed'
release "$sandbox/v1.2.0" third
printf '#!/bin/sh\nif true; then\n  echo "never closed"\n' >"$sandbox/v1.2.0/hooks/guard.sh"
run 4 stravinsky update "$sandbox/v1.2.0" --version v1.2.0
run 0 grep EDITION "$claude/settings.json"

say 'You did not like v1.1.0 after all'
run 0 stravinsky rollback undo
run 0 grep EDITION "$claude/settings.json"

say 'Your own hook and your link are as they were'
run 0 ls -l "$claude/hooks/my-own.sh" "$claude/hooks/notify.sh"

say 'You delete a hook by mistake, and get it back'
run 0 rm "$claude/hooks/guard.sh"
run 0 stravinsky recovery file "$claude/hooks/guard.sh"
run 0 ls -l "$claude/hooks/guard.sh"

say 'Everything that happened, and the proof that nobody changed the record'
run 0 stravinsky audit log --limit 20
run 0 stravinsky audit verify

say 'Every backup can be read with plain tools too'
run 0 sh -c "cd '$HOME/.stravinsky/rollback/backups/v1.0.0' && sha256sum -c SHA256SUMS && tar -tzf hooks.tar.gz | head -n 3"

if [ "$keep" = yes ]; then
  cat <<END

The sandbox is kept. To go on playing in it:

  export HOME='$HOME'
  cd
  '$here/bin/stravinsky' backup list

To throw it away:  rm -rf '$sandbox'
END
else
  printf '\nThe sandbox is gone; your own files were never touched.\n'
  printf 'To keep it and play on: stravinsky demo --keep\n'
fi
