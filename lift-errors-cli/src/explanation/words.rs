//! The words around the catalogue's own texts, on the site and in explanations: a row for each, with a text in each language.

use super::Lifecycle;
use maud::{Markup, Render, html};

/// The languages of the columns: those of the canonical catalogue. Each begins with its own name.
const LANGUAGES: [&str; 9] = ["en", "ar", "de", "es", "fr", "nl", "pt", "uk", "zh-Hans"];

/// The words in one language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    column: usize,
    /// Whether the words are English on pages of another language.
    is_foreign: bool,
}

/// A word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) text: &'static str,
    is_foreign: bool,
}

impl Render for Word {
    fn render(&self) -> Markup {
        html! { @if self.is_foreign { span lang="en" dir="ltr" { (self.text) } } @else { (self.text) } }
    }
}

impl Words {
    /// The words in a language, else in the language that its tag begins with, else in English.
    pub(crate) fn of(tag: &str) -> Self {
        let language = |tag: &str| tag.split('-').next().map(str::to_owned);
        let exact = LANGUAGES.iter().position(|known| *known == tag);
        let column = exact.or_else(|| LANGUAGES.iter().position(|known| language(known) == language(tag)));
        Self { column: column.unwrap_or(0), is_foreign: column.is_none() }
    }

    fn word(self, texts: [&'static str; 9]) -> Word {
        Word { text: texts.get(self.column).copied().unwrap_or_default(), is_foreign: self.is_foreign }
    }
}

/// The name of a language in itself; its tag where the site has no words in exactly this language.
pub(crate) fn language_name(tag: &str) -> &str {
    match LANGUAGES.contains(&tag) {
        true => Words::of(tag).language().text,
        false => tag,
    }
}

macro_rules! words {
    ($($name:ident: $($text:literal),+;)+) => {
        impl Words {
            $(pub(crate) fn $name(self) -> Word {
                self.word([$($text),+])
            })+
        }
    };
}

#[rustfmt::skip]
words! {
    language: "English", "العربية", "Deutsch", "Español", "Français", "Nederlands", "Português", "Українська", "简体中文";
    errors: "Errors", "الأخطاء", "Fehler", "Errores", "Erreurs", "Fouten", "Erros", "Помилки", "错误";
    languages: "Languages", "اللغات", "Sprachen", "Idiomas", "Langues", "Talen", "Idiomas", "Мови", "语言";
    search: "Search", "بحث", "Suchen", "Buscar", "Rechercher", "Zoeken", "Pesquisar", "Пошук", "搜索";
    status: "Status", "الحالة", "Status", "Estado", "Statut", "Status", "Status", "Статус", "状态";
    severity: "Severity", "الخطورة", "Schweregrad", "Gravedad", "Gravité", "Ernst", "Gravidade", "Серйозність", "严重程度";
    retry: "Retry", "إعادة المحاولة", "Wiederholung", "Reintento", "Nouvel essai", "Opnieuw proberen", "Nova tentativa", "Повторення", "重试";
    all: "All", "الكل", "Alle", "Todos", "Tous", "Alle", "Todos", "Усі", "全部";
    none: "No error matches.", "لا يوجد خطأ مطابق.", "Kein Fehler passt.", "Ningún error coincide.", "Aucune erreur ne correspond.", "Geen fout gevonden.", "Nenhum erro corresponde.", "Нічого не знайдено.", "没有匹配的错误。";
    parameters: "Parameters", "المعاملات", "Parameter", "Parámetros", "Paramètres", "Parameters", "Parâmetros", "Параметри", "参数";
    descriptions: "Descriptions", "الأوصاف", "Beschreibungen", "Descripciones", "Descriptions", "Beschrijvingen", "Descrições", "Описи", "说明";
    optional: "optional", "اختياري", "optional", "opcional", "facultatif", "optioneel", "opcional", "необов’язковий", "可选";
    examples: "Examples", "أمثلة", "Beispiele", "Ejemplos", "Exemples", "Voorbeelden", "Exemplos", "Приклади", "示例";
    other_messages: "Other messages", "رسائل أخرى", "Andere Meldungen", "Otros mensajes", "Autres messages", "Andere meldingen", "Outras mensagens", "Інші повідомлення", "其他消息";
    about: "About this error", "حول هذا الخطأ", "Über diesen Fehler", "Acerca de este error", "À propos de cette erreur", "Over deze fout", "Sobre este erro", "Про цю помилку", "关于此错误";
    developers: "For developers", "للمطورين", "Für Entwickler", "Para desarrolladores", "Pour les développeurs", "Voor ontwikkelaars", "Para desenvolvedores", "Для розробників", "开发者信息";
    since: "Since version", "منذ الإصدار", "Seit Version", "Desde la versión", "Depuis la version", "Sinds versie", "Desde a versão", "Починаючи з версії", "起始版本";
    class: "Class", "الفئة", "Klasse", "Clase", "Classe", "Klasse", "Classe", "Клас", "类别";
    tag: "Tag", "الوسم", "Schlagwort", "Etiqueta", "Étiquette", "Label", "Etiqueta", "Мітка", "标签";
    copy: "Copy", "نسخ", "Kopieren", "Copiar", "Copier", "Kopiëren", "Copiar", "Скопіювати", "复制";
    selected: "Selected: copy it yourself", "النص محدد: انسخه بنفسك", "Markiert: bitte selbst kopieren", "Seleccionado: cópielo usted mismo", "Sélectionné\u{a0}: copiez-le vous-même", "Geselecteerd: kopieer het zelf", "Selecionado: copie manualmente", "Виділено: скопіюйте самостійно", "已选中，请自行复制";
    improve: "Improve this text", "تحسين هذا النص", "Diesen Text verbessern", "Mejorar este texto", "Améliorer ce texte", "Deze tekst verbeteren", "Melhorar este texto", "Покращити цей текст", "改进此文本";
    draft: "Draft", "مسودة", "Entwurf", "Borrador", "Brouillon", "Concept", "Rascunho", "Чернетка", "草稿";
    removed: "Removed in version", "أُزيل في الإصدار", "Entfernt in Version", "Eliminado en la versión", "Supprimé dans la version", "Verwijderd in versie", "Removido na versão", "Вилучено у версії", "移除版本";
    replaced_by: "Replaced by", "حل محله", "Ersetzt durch", "Sustituido por", "Remplacé par", "Vervangen door", "Substituído por", "Замінено на", "替代者";
    same_as: "The same as", "مماثل لـ", "Dasselbe wie", "Igual que", "Identique à", "Hetzelfde als", "Igual a", "Те саме, що", "等同于";
    message: "Message", "الرسالة", "Meldung", "Mensaje", "Message", "Melding", "Mensagem", "Повідомлення", "消息";
    for_example: "For example", "مثال", "Zum Beispiel", "Por ejemplo", "Par exemple", "Bijvoorbeeld", "Por exemplo", "Наприклад", "例如";
    causes: "Causes", "الأسباب", "Ursachen", "Causas", "Causes", "Oorzaken", "Causas", "Причини", "原因";
    fixes_for_any_cause: "Fixes for any cause", "ما يفيد أيًا كان السبب", "Was bei jeder Ursache hilft", "Soluciones para cualquier causa", "Solutions quelle que soit la cause", "Wat bij elke oorzaak helpt", "Soluções para qualquer causa", "Що допоможе за будь-якої причини", "适用于任何原因的解决方法";
    notes: "Good to know", "معلومات مفيدة", "Gut zu wissen", "Conviene saber", "Bon à savoir", "Goed om te weten", "É bom saber", "Корисно знати", "提示";
    description: "Description", "الوصف", "Beschreibung", "Descripción", "Description", "Beschrijving", "Descrição", "Опис", "说明";
    support: "Support", "الدعم", "Support", "Soporte", "Assistance", "Ondersteuning", "Suporte", "Підтримка", "支持";
    runbook: "Runbook", "دليل التشغيل", "Runbook", "Manual de operaciones", "Procédure d’exploitation", "Draaiboek", "Manual de operações", "Інструкція для операторів", "运维手册";
    links: "Links", "الروابط", "Links", "Enlaces", "Liens", "Links", "Links", "Посилання", "链接";
    lifecycle: "Lifecycle", "دورة الحياة", "Lebenszyklus", "Ciclo de vida", "Cycle de vie", "Levenscyclus", "Ciclo de vida", "Життєвий цикл", "生命周期";
    released: "released", "صدر", "veröffentlicht", "publicado", "publié", "uitgebracht", "publicado", "випущено", "已发布";
    a_draft: "a draft", "مسودة", "ein Entwurf", "un borrador", "un brouillon", "een concept", "um rascunho", "чернетка", "草稿";
    not_released: "not released yet", "لم يصدر بعد", "noch nicht veröffentlicht", "aún no publicado", "pas encore publié", "nog niet uitgebracht", "ainda não publicado", "ще не випущено", "尚未发布";

    severity_info: "Information", "معلومة", "Hinweis", "Información", "Information", "Informatie", "Informação", "Інформація", "信息";
    severity_warning: "Warning", "تحذير", "Warnung", "Advertencia", "Avertissement", "Waarschuwing", "Aviso", "Попередження", "警告";
    severity_error: "Error", "خطأ", "Fehler", "Error", "Erreur", "Fout", "Erro", "Помилка", "错误";
    severity_critical: "Critical", "حرج", "Kritisch", "Crítico", "Critique", "Kritiek", "Crítico", "Критична", "严重";

    retry_never: "Never", "أبدًا", "Nie", "Nunca", "Jamais", "Nooit", "Nunca", "Ніколи", "不可重试";
    retry_after_change: "After a change", "بعد إجراء تغيير", "Nach einer Änderung", "Después de un cambio", "Après une modification", "Na een wijziging", "Após uma alteração", "Після зміни", "修改后";
    retry_idempotent: "If safe to repeat", "إذا كان التكرار آمنًا", "Wenn gefahrlos wiederholbar", "Si puede repetirse sin riesgo", "Si la répétition est sans risque", "Als herhalen veilig is", "Se for seguro repetir", "Якщо повторення безпечне", "可安全重复时";
    retry_after: "After a wait", "بعد الانتظار", "Nach einer Wartezeit", "Después de una espera", "Après une attente", "Na een wachttijd", "Após uma espera", "Після очікування", "等待后";

    meaning_never: "Sending the request again gives the same error.", "إرسال الطلب مرة أخرى يعطي الخطأ نفسه.", "Dieselbe Anfrage führt wieder zu diesem Fehler.", "Si se envía de nuevo la solicitud, se produce el mismo error.", "Renvoyer la requête produit la même erreur.", "Hetzelfde verzoek geeft weer dezelfde fout.", "Enviar a solicitação de novo produz o mesmo erro.", "Повторний запит дасть ту саму помилку.", "再次发送该请求会得到同样的错误。";
    meaning_after_change: "Change something first, then send the request again.", "غيّر شيئًا أولاً، ثم أرسل الطلب مرة أخرى.", "Ändern Sie zuerst etwas und senden Sie die Anfrage dann erneut.", "Cambie primero algo y envíe después la solicitud de nuevo.", "Modifiez d’abord quelque chose, puis renvoyez la requête.", "Wijzig eerst iets en verstuur het verzoek daarna opnieuw.", "Altere algo primeiro e depois envie a solicitação de novo.", "Спочатку щось змініть, а потім надішліть запит ще раз.", "请先作出修改，再重新发送请求。";
    meaning_idempotent: "A request that is safe to repeat may be sent again.", "يمكن إعادة إرسال الطلب إذا كان تكراره آمنًا.", "Eine Anfrage, die gefahrlos wiederholt werden kann, darf erneut gesendet werden.", "Una solicitud que puede repetirse sin riesgo puede enviarse de nuevo.", "Une requête qui peut être répétée sans risque peut être renvoyée.", "Een verzoek dat veilig herhaald kan worden, mag opnieuw worden verstuurd.", "Uma solicitação que pode ser repetida com segurança pode ser enviada de novo.", "Запит, який можна безпечно повторити, дозволено надіслати ще раз.", "可安全重复的请求可以再次发送。";
    meaning_idempotent_after: "A request that is safe to repeat may be sent again after {wait} or more.", "يمكن إعادة إرسال الطلب بعد {wait} على الأقل إذا كان تكراره آمنًا.", "Eine Anfrage, die gefahrlos wiederholt werden kann, darf frühestens nach {wait} erneut gesendet werden.", "Una solicitud que puede repetirse sin riesgo puede enviarse de nuevo al cabo de {wait} o más.", "Une requête qui peut être répétée sans risque peut être renvoyée après {wait} ou plus.", "Een verzoek dat veilig herhaald kan worden, mag na minstens {wait} opnieuw worden verstuurd.", "Uma solicitação que pode ser repetida com segurança pode ser enviada de novo após {wait} ou mais.", "Запит, який можна безпечно повторити, дозволено надіслати ще раз щонайменше через {wait}.", "可安全重复的请求可以在至少 {wait} 之后再次发送。";
    meaning_after: "The same request may be sent again after the time that the error states.", "يمكن إرسال الطلب نفسه مرة أخرى بعد المدة التي يذكرها الخطأ.", "Dieselbe Anfrage darf nach der Zeit, die der Fehler nennt, erneut gesendet werden.", "La misma solicitud puede enviarse de nuevo una vez transcurrido el tiempo que indica el error.", "La même requête peut être renvoyée après le délai indiqué par l’erreur.", "Hetzelfde verzoek mag opnieuw worden verstuurd na de tijd die de fout vermeldt.", "A mesma solicitação pode ser enviada de novo após o tempo indicado pelo erro.", "Той самий запит можна надіслати ще раз після часу, вказаного в помилці.", "等待错误中说明的时间后，可以再次发送同一请求。";
}

// The punctuation, with the blanks around it.
#[rustfmt::skip]
words! {
    colon: ": ", ": ", ": ", ": ", "\u{a0}: ", ": ", ": ", ": ", "：";
    comma: ", ", "، ", ", ", ", ", ", ", ", ", ", ", ", ", "，";
    between_items: ", ", "، ", ", ", ", ", ", ", ", ", ", ", ", ", "、";
    full_stop: ".", ".", ".", ".", ".", ".", ".", ".", "。";
    opening_bracket: " (", " (", " (", " (", " (", " (", " (", " (", "（";
    closing_bracket: ")", ")", ")", ")", ")", ")", ")", ")", "）";
}

impl Words {
    /// A severity.
    pub(crate) fn of_severity(self, severity: &str) -> Word {
        match severity {
            "info" => self.severity_info(),
            "warning" => self.severity_warning(),
            "critical" => self.severity_critical(),
            _ => self.severity_error(),
        }
    }

    /// From which version a code exists, and whether it is released: `Since version 1.2.0, released`.
    pub(crate) fn release(self, lifecycle: &Lifecycle) -> String {
        let released = if lifecycle.released { self.released() } else { self.not_released() };
        let since = format!("{} {}", self.since().text, lifecycle.since);
        let draft = lifecycle.draft.then(|| self.a_draft().text);
        let parts: Vec<&str> = [since.as_str(), released.text].into_iter().chain(draft).collect();
        parts.join(self.comma().text)
    }

    /// A label before what it names: `Class: traffic`.
    pub(crate) fn labelled(self, label: Word, text: &str) -> String {
        format!("{}{}{text}", label.text, self.colon().text)
    }

    /// A name with facts about it, before what it names: `night (tip, browser): `.
    pub(crate) fn naming(self, name: &str, facts: &[&str]) -> String {
        let facts = if facts.is_empty() { String::new() } else { self.in_brackets(&self.list(facts)) };
        format!("{name}{facts}{}", self.colon().text)
    }

    /// A list in one line.
    pub(crate) fn list(self, items: &[impl AsRef<str>]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        items.join(self.between_items().text)
    }

    /// A remark behind a word, with the blank between them.
    pub(crate) fn in_brackets(self, remark: &str) -> String {
        format!("{}{remark}{}", self.opening_bracket().text, self.closing_bracket().text)
    }

    /// A kind of retry contract, in short and in a sentence.
    pub(crate) fn of_retry(self, kind: &str) -> (Word, Word) {
        match kind {
            "after" => (self.retry_after(), self.meaning_after()),
            "after_change" => (self.retry_after_change(), self.meaning_after_change()),
            "idempotent" => (self.retry_idempotent(), self.meaning_idempotent()),
            _ => (self.retry_never(), self.meaning_never()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_words_has_marked_english_ones() {
        assert_eq!(Words::of("de").search().render().into_string(), "Suchen");
        assert_eq!(Words::of("pt-PT").search().render().into_string(), "Pesquisar");
        assert_eq!(Words::of("pl").search().render().into_string(), "<span lang=\"en\" dir=\"ltr\">Search</span>");
        assert_eq!((language_name("uk"), language_name("pt-PT"), language_name("pl")), ("Українська", "pt-PT", "pl"));
    }
}
