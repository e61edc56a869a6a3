import { Switch as Radix } from 'radix-ui'

interface SwitchProps {
  readonly isOn: boolean
  onChange(isOn: boolean): void
  readonly label: string
}

/** Something that is on or off at once, without a button to confirm it. */
export function Switch({ isOn, onChange, label }: SwitchProps) {
  return (
    <Radix.Root
      checked={isOn}
      onCheckedChange={onChange}
      aria-label={label}
      className="relative h-6 w-10 shrink-0 rounded-full border border-control bg-sunken data-[state=checked]:border-primary data-[state=checked]:bg-primary"
    >
      <Radix.Thumb className="block size-4 translate-x-0.5 rounded-full bg-text-3 data-[state=checked]:translate-x-5 data-[state=checked]:bg-on-primary" />
    </Radix.Root>
  )
}
