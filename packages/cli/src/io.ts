/** Where text goes. */
export interface Output {
  readonly isTTY: boolean
  /** Columns of the terminal; undefined when it is none. */
  readonly columns: number | undefined
  write(text: string): void
}

/** What the program has of the world around it. */
export type Io = {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** Epoch ms UTC. */
  readonly now: () => number
  /**
   * Calls back once when the program is asked to end (Ctrl+C, SIGTERM), which it is then not forced to
   * do at once; a second time ends it. What is returned takes the wish back.
   */
  readonly onInterrupt: (listener: () => void) => () => void
}

/**
 * The streams of this process. A reader that went away (`| head`) is no failure: what it would not
 * have read is dropped.
 */
export function processIo(): Io {
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    env: process.env,
    now: Date.now,
    onInterrupt,
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

function onInterrupt(listener: () => void): () => void {
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, heard)
  }
  const heard = (): void => {
    forget()
    listener()
  }
  for (const signal of SIGNALS) process.on(signal, heard)
  return forget
}

function outputOf(stream: NodeJS.WriteStream): Output {
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    gone = true
  })
  return {
    isTTY: stream.isTTY === true,
    columns: stream.columns,
    write(text) {
      if (!gone) stream.write(text)
    },
  }
}
