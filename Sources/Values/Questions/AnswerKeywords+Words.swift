extension AnswerKeywords {
  /// Words of English and, without their accents, of the languages in which models often answer.
  ///
  /// A word of one letter that is a letter of an option, or a word that is common in English with another meaning, is left out.
  static let words: [(AnswerToken, String)] = [
    (AnswerToken(.range), "to until till til through thru bis hasta ate jusqu'a jusque fino tot"),
    (AnswerToken(.and), "and und et og och e y en"),
    (AnswerToken(.or), "or oder ou"),
    (AnswerToken(.also), "also then again additionally plus auch aussi tambien anche dann puis luego poi"),
    (AnswerToken(.between), "between zwischen entre tra fra"),
    (
      AnswerToken(.start),
      "from start starts starting started begin begins beginning onset onsets start_time starttime start_sec begin_time von vom desde ab "
        + "depuis od fran"
    ),
    (AnswerToken(.end), "end ends ending ended finish finishes end_time endtime end_sec offset offsets"),
    (
      AnswerToken(.introducing),
      "at near time times timestamp t "
        + "bei um gegen vers las los cerca hacia verso em om rond a\u{1} i.e ie "
        + "timecode position kl da dal dalle dalla mark dos"
    ),
    (
      AnswerToken(.introducing, .approximate),
      "around about approximately approx roughly circa ca exactly precisely just probably likely etwa ungefahr environ aproximadamente"
    ),
    (AnswerToken(.introducing, .joining), "alle al do ao aos"),
    (AnswerToken(.introducing, .of), "de du del di"),
    (
      AnswerToken(.copula),
      "is are was be equals it's that's there's ist sind lautet betragt war est sont es son era e' sao foi er zijn ar jest"
    ),
    (
      AnswerToken(.counting),
      "beat beats bpm year years hz khz db line lines page pages frame frames samples percent pp mm vv ch chapter chapters fig figure "
        + "tempo version voices"
    ),
    (
      AnswerToken(.counting, .piece),
      "track tracks clip song piece recording file excerpt sample soundtrack video mp3 snippet stuck aufnahme lied morceau enregistrement "
        + "extrait chanson pista grabacion cancion pieza musica faixa gravacao brano canzone registrazione traccia"
    ),
    (
      AnswerToken(.counting, .place),
      "bar bars measure measures verse verses chorus choruses section sections part parts takt takte mesure mesures compas compases "
        + "compasso strophe refrao refrain bridge"
    ),
    (
      AnswerToken(.unitWord, unit: .millisecond),
      "ms msec msecs millisecond milliseconds millisekunden millisecondes milisegundos"
    ),
    (AnswerToken(.unitWord, unit: .second), "s sec secs second seconds sek seg giay detik saniye sn masodperc secondi secondo"),
    (AnswerToken(.unitWord, unit: .minute), "m min mins mn phut menit dakika dk perc"),
    (
      AnswerToken(.unitWord, unit: .hour),
      "h hr hrs hour hours stunde stunden std heure heures hora horas ora ore uur timer"
    ),
    (AnswerToken(.half), "half halbe halb halben demi demie media medio mezzo mezza meia meio quarter quarters"),
    (
      AnswerToken(.marker),
      "answer answers antwort losung ergebnis reponse respuesta risposta resposta antwoord svar odpowiedz odpoved vastaus valasz raspuns "
        + "cevap yanit jawaban jawapan result output prediction solution solucion soluzione dap"
    ),
    (AnswerToken(.box), "boxed fbox"),
    (AnswerToken(.final), "final finale endgultige definitive"),
    (
      AnswerToken(.not),
      "not neither nor inte ikke bukan tidak khong isn't isnt wasn't aren't nicht pas nao non niet hardly scarcely keinesfalls keineswegs"
    ),
    (
      AnswerToken(.none),
      "none nothing nobody niemand personne nadie ninguem n/a keine keiner keines keinen keinem ninguno ninguna aucun aucune nessuno "
        + "nessuna nenhum nenhuma geen nichts rien"
    ),
    (AnswerToken(.no), "no"),
    (AnswerToken(.literal, fault: .notFinite), "nan inf infinity"),
    (AnswerToken(.literal, fault: .noAnswer), "true false"),
    (AnswerToken(.fault, fault: .ambiguous), "numeraltime"),
    (AnswerToken(.null), "null"),
    (AnswerToken(.stretch), "such region regions interval intervals segment segments moment moments"),
    (
      AnswerToken(.stretch, .length),
      "duration durations runtime running total dauer gesamtdauer spieldauer spielzeit laufzeit lange duree duracion duracao durata"
    ),
    (
      AnswerToken(.word, .measuring),
      "first every less fewer more opening erste ersten premieres primeros prime premiers primeiros primi primeras primeiras eerste "
        + "eersten under over below above beneath most least up knapp uber unter weniger mehr moins menos meno piu minder meer mniej "
        + "noch faltan faltam mancano quedan restano restam reste restent letzten dernieres derniers ultimos ultimas ultimi laatste"
    ),
    (
      AnswerToken(.word, .whole),
      "all everything everywhere anything anywhere anytime whole entire alles tout todo tudo tutto wszystko allt alt"
    ),
    (
      AnswerToken(.word, .harmless),
      "other otherthing problem problems question idea further returns "
        + "changes change zweifel problem probleme frage doute duda dudas problema problemas dubbio duvida twijfel probleem"
    ),
    (
      AnswerToken(.word, .place),
      "intro introduction initially yet outset anfangs zunachst inicio comeco intermezzo interlude solo"
    ),
    (AnswerToken(.word, .doubting), "doubt doubts bezweifle dudo dubito duvido betwijfel"),
    (AnswerToken(.word, .stopping), "stop stops stopped stopping leave leaves leaving fades fading exits exiting"),
    (AnswerToken(.word, .parting), "of worth stille silence silencio silenzio"),
    (
      AnswerToken(.word, .gap),
      "break breaks gap gaps pause pauses interruption interruptions interrupted unterbrechung lucke pausa pausas interruzione interrupcion"
    ),
    (
      AnswerToken(.doubt),
      "example examples instance eg beispiel beispielsweise zb exemple ejemplo esempio exemplo voorbeeld bijvoorbeeld ornegin misalnya "
        + "contoh przyklad format template placeholder "
        + "thought guessed assumed supposed reference prompt instruction instructions been took mistook misheard claims claimed claim told "
        + "asked asks stated user users fails failed refuses refused expected suppose imagine imagined hypothetically typical"
    ),
    (AnswerToken(.doubt, .quoting), "according please bitte laut"),
    (AnswerToken(.word, .elsewhere), "another previous different"),
    (AnswerToken(.word, .silent), "silent stumm schweigt silencieux silenciosa silencioso muda muto"),
    (AnswerToken(.word, .requested), "upload share send attach check try look verify"),
    (AnswerToken(.remark, .elsewhere), "instead"), (AnswerToken(.word, .would), "would i'd"),
    (AnswerToken(.word, .perfect), "have"),
    (
      AnswerToken(.word, .retracting),
      "mean meant misspoke reflection strike mistake myself take make korrektur quatsch doch nein nee nej perdon pardon scusa desculpa "
        + "desculpe"
    ),
    (
      AnswerToken(.word, .covering),
      "covers cover contains contain spans received limit limited constant cuts context"
    ),
    (AnswerToken(.word, .unknown), "unknown unclear undetermined unbekannt inconnu desconocido"),
    (AnswerToken(.word, .any), "any"), (AnswerToken(.doubt, .disagreeing), "wrongmark"),
    (AnswerToken(.remark, .conditional), "if wenn"),
    (AnswerToken(.hedge, .correcting), "wait actually correction hmm rather scratch oops edit erratum"),
    (AnswerToken(.doubt, .bound), "by within inside upwards like binnen innerhalb"),
    (AnswerToken(.doubt, .latest), "latest earliest spatestens fruhestens tard tardar uiterlijk"),
    (AnswerToken(.doubt, .disagreeing), "disagree disagrees misleading irrelevant unrelated"),
    (AnswerToken(.word, .entering), "entersverb"), (AnswerToken(.word, .into), "into"),
    (
      AnswerToken(.word, .wrong),
      "wrong incorrect inaccurate ruled unlikely improbable implausible error distractor trap unwahrscheinlich early late excluded "
        + "omitted dismissed discarded eliminated rejected falsch faux errado sbagliato incorrecto"
    ),
    (AnswerToken(.counting, .opus), "op opus nr k kv bwv rv hwv"),
    (AnswerToken(.word, .finish), "fin fim fine schluss ende einde conclusion close koniec"),
    (AnswerToken(.word, .only), "only nur seulement solamente soltanto apenas"),
    (AnswerToken(.word, .correcting), "should meaning correct corrected sollte devrait deberia deveria dovrebbe"),
    (
      AnswerToken(.except),
      "except skip ignore exclude rule ignoring excepting excluding outside without minus ausser auser ohne sauf excepto salvo exceto "
        + "tranne eccetto behalve zonder utom "
        + "undtagen unntatt oprocz haric"
    ),
    (AnswerToken(.negated), "negatedverb degil girmiyor calmiyor gelmiyor baslamiyor duyulmuyor girmez calmaz"),
    (
      AnswerToken(.remark),
      "because since as while whereas whilst although though unlike where when which whose who compared despite "
        + "during given however weil denn wahrend obwohl parce car tandis porque mientras perche mentre pois "
        + "enquanto omdat terwijl als"
    ),
    (AnswerToken(.remark, .joining), "but aber mais pero mas maar ale men sondern sino"),
    (AnswerToken(.remark, .excepting), "than dan"),
    (
      AnswerToken(.hedge),
      "maybe perhaps possibly alternatively could might may either otherwise unless else vielleicht "
        + "moglicherweise eventuell peut quiza quizas forse talvez misschien alternative"
    ),
    (
      AnswerToken(.relative),
      "after earlier ago past short following nach fruher vorher eher apres despues dopo depois"
    ),
    (AnswerToken(.relative, .preceding), "before prior ahead vor avant antes prima"),
    (AnswerToken(.relative, .later), "later spater"),
    (AnswerToken(.relative, .remaining), "remaining remains remain left go ubrig restantes restants rimanenti"),
    (AnswerToken(.relative, .excepting), "apart"),
    (
      AnswerToken(.lasting),
      "long runs takes spans lasting lasts lasted length lang dauert dauerte dure fait durant dura duran durano"
    ),
    (AnswerToken(.lasting, .preposition), "for"),
    (AnswerToken(.lasting, .measuring), "last"),
    (AnswerToken(.cannot), "cannot can't cant couldn't unable incapable impossible"),
    (AnswerToken(.can), "kann konnen peux pouvons puedo podemos posso possiamo kan konden"),
    (AnswerToken(.ability), "ability abilities capability capabilities access accessing"),
    (AnswerToken(.lack), "don't dont doesn't doesnt didn't lack haven't wouldn't wouldnt shouldn't won't"),
    (
      AnswerToken(.listen),
      "listen listening hear hearing process processing audio perceive analyze "
        + "analyse horen anhoren ecouter entendre escuchar oir ascoltare sentire ouvir luisteren"
    ),
    (
      AnswerToken(.tell),
      "determine tell identify order rank sort say said pinpoint provide give specify help assist confirm know detect bestimmen sagen "
        + "determiner dire determinar decir determinare identificar"
    ),
    (
      AnswerToken(.apology),
      "sorry apologize apologise unfortunately ai entschuldigung leider desole malheureusement siento lamento dispiace"
    ),
    (AnswerToken(.you), "you he she they it man on"),
    (AnswerToken(.numeral, value: 1), "a an one"), (AnswerToken(.numeral, value: 2), "two"),
    (AnswerToken(.numeral, value: 3), "three"),
    (AnswerToken(.numeral, value: 4), "four"), (AnswerToken(.numeral, value: 5), "five"),
    (AnswerToken(.numeral, value: 6), "six"),
    (AnswerToken(.numeral, value: 7), "seven"), (AnswerToken(.numeral, value: 8), "eight"),
    (AnswerToken(.numeral, value: 9), "nine"),
    (AnswerToken(.numeral, value: 10), "ten"), (AnswerToken(.numeral, value: 11), "eleven"),
    (AnswerToken(.numeral, value: 12), "twelve"),
    (AnswerToken(.numeral, value: 13), "thirteen"), (AnswerToken(.numeral, value: 14), "fourteen"),
    (AnswerToken(.numeral, value: 15), "fifteen"), (AnswerToken(.numeral, value: 16), "sixteen"),
    (AnswerToken(.numeral, value: 17), "seventeen"), (AnswerToken(.numeral, value: 18), "eighteen"),
    (AnswerToken(.numeral, value: 19), "nineteen"), (AnswerToken(.numeral, value: 20), "twenty"),
    (AnswerToken(.numeral, value: 30), "thirty"), (AnswerToken(.numeral, value: 40), "forty"),
    (AnswerToken(.numeral, value: 50), "fifty"), (AnswerToken(.numeral, value: 60), "sixty"),
    (AnswerToken(.numeral, value: 70), "seventy"), (AnswerToken(.numeral, value: 80), "eighty"),
    (AnswerToken(.numeral, value: 90), "ninety"), (AnswerToken(.numeral, value: 100), "hundred"),
    (AnswerToken(.never), "never nie niemals jamais nunca mai nooit absent missing nigdy hic yok asla aldrig"),
    (
      AnswerToken(.presence),
      "find finds heard play plays playing played enter enters entered appear appears appearing appeared occur occurs occurring "
        + "occurred present sing "
        + "sings happen happens exist exists sound sounds come comes found detected hay oye escucha existe ha c'\u{1} "
        + "entra entran suena suenan aparece toca tocan"
    ),
  ]
}
