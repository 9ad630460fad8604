import TaktCommands

await Takt.main()
