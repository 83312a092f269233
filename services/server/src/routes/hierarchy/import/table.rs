//! Reading comma-separated values (RFC 4180) as lines of a hierarchy. Whatever can't be read is a fault of its line; the rest is
//! read all the same, so that everything that is wrong is told at once.

use csv::{ByteRecord, ReaderBuilder, Trim};
use guildhall_tenancy::{ImportColumn, ImportFault, ImportLine, ImportTable};

/// Which column stands where.
type Columns = Vec<ImportColumn>;

/// The lines below the header, and the faults of the table itself. With a header that says too little, no line is looked at.
pub(super) fn read(bytes: &[u8]) -> ImportTable {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).trim(Trim::All).from_reader(bytes);
    let (mut record, mut table) = (ByteRecord::new(), ImportTable::default());
    let columns = match reader.read_byte_record(&mut record) {
        Ok(true) => columns(&record),
        Ok(false) => Err(vec![fault(1, None, "the table is empty; its first line names the columns")]),
        Err(error) => Err(vec![fault(1, None, &error.to_string())]),
    };
    let columns = match columns {
        Ok(columns) => columns,
        Err(faults) => return ImportTable { faults, ..table },
    };
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return table,
            Err(error) => {
                table.faults.push(fault(reader.position().line(), None, &error.to_string()));
                return table;
            }
        }
        let line = record.position().map_or(0, |position| line_at(bytes, position));
        if table.lines.len() == ImportTable::MAX_LINES {
            let detail = format!("a table has at most {} lines below its header", ImportTable::MAX_LINES);
            table.faults.push(fault(line, None, &detail));
            return table;
        }
        match line_of(&record, &columns, line) {
            Ok(read) => table.lines.push(read),
            Err(faults) => table.faults.extend(faults),
        }
    }
}

/// Where a record begins: its position is where the reader stood before it left out the empty lines above.
fn line_at(bytes: &[u8], position: &csv::Position) -> u64 {
    let rest = usize::try_from(position.byte()).ok().and_then(|first| bytes.get(first..)).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + empty.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>()
}

/// The columns that the header names, in their order.
fn columns(header: &ByteRecord) -> Result<Columns, Vec<ImportFault>> {
    let (mut columns, mut faults) = (Columns::new(), Vec::new());
    for name in header {
        let name = String::from_utf8_lossy(name);
        match ImportColumn::ALL.into_iter().find(|column| column.as_str() == name) {
            Some(column) if columns.contains(&column) => {
                faults.push(fault(1, Some(column), "stands in the header twice"));
            }
            Some(column) => columns.push(column),
            None => {
                let shown: String = name.chars().take(50).collect();
                let known = ImportColumn::ALL.map(ImportColumn::as_str).join(", ");
                faults.push(fault(1, None, &format!("`{shown}` is no column; there are {known}")));
            }
        }
    }
    let missing =
        ImportColumn::ALL.into_iter().filter(|column| column.is_required() && !columns.contains(column));
    faults.extend(missing.map(|column| fault(1, Some(column), "is missing in the header")));
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

fn line_of(record: &ByteRecord, columns: &Columns, line: u64) -> Result<ImportLine, Vec<ImportFault>> {
    if record.len() != columns.len() {
        let detail = format!("has {} fields, the header has {}", record.len(), columns.len());
        return Err(vec![fault(line, None, &detail)]);
    }
    let (mut read, mut faults) = (ImportLine { line, ..ImportLine::default() }, Vec::new());
    for (column, field) in columns.iter().zip(record) {
        let Ok(text) = std::str::from_utf8(field) else {
            faults.push(fault(line, Some(*column), "is not UTF-8"));
            continue;
        };
        let place = match column {
            ImportColumn::Level => &mut read.level,
            ImportColumn::Name => &mut read.name,
            ImportColumn::Parent => &mut read.parent,
            ImportColumn::MdId => &mut read.md_id,
            ImportColumn::Categories => &mut read.categories,
        };
        text.clone_into(place);
    }
    if faults.is_empty() { Ok(read) } else { Err(faults) }
}

fn fault(line: u64, column: Option<ImportColumn>, detail: &str) -> ImportFault {
    ImportFault { line, column, detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(table: &ImportTable) -> Vec<(u64, Option<&str>, &str)> {
        let faults = table.faults.iter();
        faults
            .map(|fault| (fault.line, fault.column.map(ImportColumn::as_str), fault.detail.as_str()))
            .collect()
    }

    #[test]
    fn columns_come_in_any_order_and_fields_in_quotes() {
        let table =
            read(b"name,level,parent\r\n\"Soda, Works\",CLIENT,\n\n North , MARKET ,\"Soda, Works\"\n");

        let names: Vec<_> = table.lines.iter().map(|line| (line.line, line.name.as_str())).collect();
        assert_eq!(names, [(2, "Soda, Works"), (4, "North")]);
        assert_eq!(table.lines[1].parent, "Soda, Works");
        assert!(table.faults.is_empty());
    }

    #[test]
    fn a_mark_of_byte_order_is_no_part_of_the_header() {
        assert_eq!(read("\u{feff}level,name,parent\nCLIENT,A,\n".as_bytes()).lines.len(), 1);
    }

    #[test]
    fn a_header_must_name_known_columns_once_and_the_required_ones() {
        let table = read(b"level,level,colour\nCLIENT,A,\n");

        let columns: Vec<_> = told(&table).into_iter().map(|(line, column, _)| (line, column)).collect();
        assert_eq!(columns, [(1, Some("level")), (1, None), (1, Some("name")), (1, Some("parent"))]);
        assert!(table.lines.is_empty());
        assert_eq!(read(b"").faults.len(), 1);
    }

    #[test]
    fn a_line_that_can_not_be_read_is_a_fault_and_the_others_are_read() {
        let table = read(b"level,name,parent\nCLIENT,A\nCLIENT,\xff,\nCLIENT,B,\n");

        assert_eq!(table.lines.len(), 1);
        assert_eq!(
            told(&table),
            [(2, None, "has 2 fields, the header has 3"), (3, Some("name"), "is not UTF-8")]
        );
    }

    #[test]
    fn a_table_has_a_bounded_number_of_lines() {
        let text = format!("level,name,parent\n{}", "CLIENT,A,\n".repeat(ImportTable::MAX_LINES + 2));

        let table = read(text.as_bytes());

        assert_eq!(table.lines.len(), ImportTable::MAX_LINES);
        assert_eq!(told(&table), [(5_002, None, "a table has at most 5000 lines below its header")]);
    }
}
